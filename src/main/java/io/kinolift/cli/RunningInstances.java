package io.kinolift.cli;

import io.kinolift.runtime.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Option;

/** Refuses commands that need a stopped application. */
final class RunningInstances {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    @Option(
            names = "--wait",
            paramLabel = "S",
            defaultValue = "0",
            description = "seconds to wait for instances to be gone: one that has stopped counts as running until its"
                    + " session times out, usually 45 s (default ${DEFAULT-VALUE})")
    private int waitSeconds;

    /** @throws IllegalStateException naming those that run */
    void requireNone(Admin admin, String applicationId) {
        long deadline = System.nanoTime() + Duration.ofSeconds(waitSeconds).toNanos();
        List<String> members = members(admin, applicationId);
        if (!members.isEmpty() && waitSeconds > 0) {
            Tell.line("waiting up to " + waitSeconds + " s for " + String.join(", ", members));
        }
        while (!members.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(INTERVAL.toNanos());
            members = members(admin, applicationId);
        }
        if (!members.isEmpty()) {
            throw new IllegalStateException("expected no running instance of " + applicationId + ", found "
                    + String.join(", ", members)
                    + ". Nothing was deleted: stop them first (those that have been stopped are gone when their sessions"
                    + " time out, usually after 45 s: --wait 60 waits for that)");
        }
    }

    private static List<String> members(Admin admin, String applicationId) {
        return Topics.members(admin, applicationId).stream()
                .map(member -> member.groupInstanceId().orElse(member.clientId()) + " on " + member.host())
                .sorted()
                .toList();
    }
}
