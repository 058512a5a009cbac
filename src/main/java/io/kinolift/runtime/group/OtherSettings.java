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

/** Instances of the group that were set to do something else than this one. */
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
     * @throws IllegalStateException naming instances at work that share out windows where this one does not, or the other
     *     way round: their topologies do not fit, so windows would be lost
     */
    public void requireSameParallelism(Admin admin) {
        List<MemberDescription> others;
        try {
            others = new LiveMembers(group, session)
                    .await(
                            admin,
                            other(mark -> mark.sharesWindows() != own.sharesWindows()),
                            "with another kinolift.parallelism than " + own.parallelism());
        } catch (AuthorizationException e) {
            LOG.debug("cannot ask for the members of the group", e);
            return;
        }
        if (!others.isEmpty()) {
            throw new IllegalStateException("expected kinolift.parallelism as the other instances of group " + group
                    + " have it, found " + own.parallelism() + " here, and another value at "
                    + MemberNames.text(others) + ". Stop all of them before this is changed");
        }
    }

    /** Looks for others now, and says it when they are others than at the last look. */
    public void look(Admin admin) {
        String names;
        try {
            names = MemberNames.text(Topics.members(admin, group).stream()
                    .filter(other(mark -> !mark.pictures().equals(own.pictures())))
                    .toList());
        } catch (AuthorizationException e) {
            LOG.debug("cannot ask for the members of the group", e);
            return;
        }
        Optional<String> now = names.isEmpty() ? Optional.empty() : Optional.of(names);
        if (!now.equals(found)) {
            now.ifPresentOrElse(
                    _ -> LOG.warn(
                            "other settings than this instance's, or stopped with others less than {} s ago: {}. Where a"
                                    + " stream moves between such instances, its pictures change",
                            session.toSeconds(),
                            names),
                    () -> LOG.info("all instances of group {} have the same settings again", group));
        }
        found = now;
    }

    /** The mark of this instance. */
    public SettingsMark own() {
        return own;
    }

    private Predicate<MemberDescription> other(Predicate<SettingsMark> differs) {
        return member -> SettingsMark.of(member.clientId()).filter(differs).isPresent()
                && instanceId.filter(id -> MemberNames.isOf(member, id)).isEmpty();
    }

    /** The instances that make other pictures than this one, as the last look found them; empty if there are none. */
    public Optional<String> names() {
        return found;
    }
}
