package io.kinolift.runtime.group;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to start under the instance id of another instance that runs. Kafka would let the newcomer in and throw the
 * other one out.
 *
 * <p>A member of the group with this name may also be this instance before its restart. Kafka Streams keeps a number in
 * the state folder and puts it into the names of its clients, so a member with this number is our own. One with another
 * number is either dead, because the state folder was deleted, or another instance.
 *
 * @param applicationId also the group
 * @param instanceId of the instance that starts
 * @param state folder of the application's stores, which need not exist
 * @param session how long a dead member stays in the group
 */
public record SameName(String applicationId, String instanceId, Path state, Duration session) {
    private static final Logger LOG = LoggerFactory.getLogger(SameName.class);
    /** Kafka Streams' own file. */
    private static final String PROCESS = "kafka-streams-process-metadata";

    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /**
     * Returns when the name is free.
     *
     * @throws IllegalStateException naming the other instance
     */
    public void requireFree(Admin admin) {
        List<MemberDescription> others;
        try {
            others = new LiveMembers(applicationId, session).await(admin, other(), "from another state folder");
        } catch (AuthorizationException e) {
            LOG.debug("cannot ask for the members of the group", e);
            return;
        }
        if (!others.isEmpty()) {
            throw new IllegalStateException("expected an instance id of its own (--instance-id), found "
                    + MemberNames.text(others) + " at work in group " + applicationId
                    + ". Another application needs a name of its own (--set application.id=NAME)");
        }
    }

    private Predicate<MemberDescription> other() {
        Optional<String> own = ownNumber();
        return member -> MemberNames.isOf(member, instanceId)
                && number(member.clientId())
                        .filter(number -> !Optional.of(number).equals(own))
                        .isPresent();
    }

    private Optional<String> ownNumber() {
        try {
            return number(Files.readString(state.resolve(PROCESS)));
        } catch (IOException _) {
            // A new folder.
            return Optional.empty();
        }
    }

    /** A client that somebody has named ({@code client.id}) may have none. */
    private static Optional<String> number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
