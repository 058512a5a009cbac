package io.kinolift.runtime.group;

import io.kinolift.runtime.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Instances of the group whose settings differ from those of this one. */
public final class OtherSettings {
    private static final Logger LOG = LoggerFactory.getLogger(OtherSettings.class);

    private final String group;
    private final Optional<String> instanceId;
    private final SettingsMark own;
    private final Duration session;
    private volatile Optional<String> found = Optional.empty();

    /**
     * Looks at nothing yet.
     *
     * @param instanceId the lasting name of this instance, if it has one
     * @param own the mark of this instance
     * @param session how long a dead member stays in the group
     */
    public OtherSettings(String group, Optional<String> instanceId, SettingsMark own, Duration session) {
        this.group = group;
        this.instanceId = instanceId;
        this.own = own;
        this.session = session;
    }

    /**
     * Waits for memberships of instances that have stopped.
     *
     * @throws IllegalStateException naming instances at work that this one must not join: if windows are shared, all
     *     settings that shape pictures have to be the same; and their topologies do not fit those of whole streams
     */
    public void requireFit(Admin admin) {
        List<MemberDescription> others;
        try {
            others = new LiveMembers(group, session)
                    .await(
                            admin,
                            differing(mark -> own.sharesWindows() || mark.sharesWindows()),
                            "with other settings than this instance");
        } catch (AuthorizationException e) {
            LOG.debug("cannot ask for the members of the group", e);
            return;
        }
        if (!others.isEmpty()) {
            throw new IllegalStateException("expected the settings of the other instances of group " + group
                    + ", found kinolift.parallelism=" + own.parallelism() + " here, and "
                    + (differsInParallelism(others) ? "another value" : "other settings that shape pictures") + " at "
                    + MemberNames.text(others) + ", which work or stopped less than " + session.toSeconds()
                    + " s ago. Stop all of them before this is changed");
        }
    }

    private boolean differsInParallelism(List<MemberDescription> others) {
        return others.stream()
                .flatMap(member -> SettingsMark.of(member.clientId()).stream())
                .anyMatch(mark -> mark.sharesWindows() != own.sharesWindows());
    }

    /** Looks for others now, and logs a change since the last look. */
    public void look(Admin admin) {
        List<MemberDescription> others;
        try {
            others = Topics.members(admin, group).stream()
                    .filter(differing(_ -> true))
                    .toList();
        } catch (AuthorizationException e) {
            LOG.debug("cannot ask for the members of the group", e);
            return;
        }
        Optional<String> now = others.isEmpty() ? Optional.empty() : Optional.of(MemberNames.text(others));
        if (!now.equals(found)) {
            log(now, differsInParallelism(others));
        }
        found = now;
    }

    private void log(Optional<String> names, boolean parallelism) {
        if (names.isEmpty()) {
            LOG.info("all instances of group {} make the same pictures again", group);
        } else if (parallelism) {
            // Two that begin at the same moment do not see each other at their start.
            LOG.error(
                    "these instances of group {} have another kinolift.parallelism than this one, and windows may be lost:"
                            + " {}. Stop all instances of one kind",
                    group,
                    names.get());
        } else {
            LOG.warn(
                    "these instances of group {} make other pictures than this one, or have stopped less than {} s ago:"
                            + " {}. A stream that moves between them changes its pictures",
                    group,
                    session.toSeconds(),
                    names.get());
        }
    }

    /** The mark of this instance. */
    public SettingsMark own() {
        return own;
    }

    private Predicate<MemberDescription> differing(Predicate<SettingsMark> which) {
        return member -> SettingsMark.of(member.clientId())
                        .filter(mark -> !mark.equals(own))
                        .filter(which)
                        .isPresent()
                && instanceId.filter(id -> MemberNames.isOf(member, id)).isEmpty();
    }

    /** The instances that the last look found, in words; empty if there are none. */
    public Optional<String> instances() {
        return found;
    }
}
