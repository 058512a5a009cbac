package io.kinolift.runtime;

import io.kinolift.Distribution;
import io.kinolift.runtime.broker.BrokerFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** One application as a process of its own, to be killed at chosen moments; tells whether a kill hit its moment. */
final class CrashedApplication implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int LONGEST_RESTORE_MILLIS = 40;

    private final Instance instance;
    private final String changelog;
    private final CommitWatch commits;

    /** @param commitMillis between two commits */
    CrashedApplication(ChaosTopics topics, Path folder, int commitMillis) throws Exception {
        Path logging = Path.of(
                CrashedApplication.class.getResource("/crash/logback.xml").toURI());
        this.instance = new Instance(
                topics,
                folder,
                "one",
                Map.of(Distribution.OPTIONS, Distribution.QUICK + " -Dlogback.configurationFile=" + logging),
                "commit.interval.ms=" + commitMillis,
                "kinolift.frame.codec=jpeg",
                // One of the streams looks furthest around, and keeps pairs between windows.
                "kinolift.streams=moving",
                "kinolift.streams.moving.match=south",
                "kinolift.streams.moving.motion=on",
                "kinolift.streams.moving.cadence=on");
        this.changelog = "changelog " + topics.name() + "-windows-changelog-0";
        this.commits = new CommitWatch(topics.clients(), topics.name());
    }

    Instance instance() {
        return instance;
    }

    void start() throws Exception {
        instance.start();
    }

    /** kill -9. @return whether a commit was under way */
    boolean kill() throws Exception {
        instance.close();
        return commits.isCommitting();
    }

    /** kill -9 as soon as a commit is under way. @return whether it still was */
    boolean killInACommit() throws Exception {
        commits.awaitCommit(Duration.ofSeconds(2));
        return kill();
    }

    /** The changelog is all that is left, but it is still the same instance. */
    void forgetStores() throws Exception {
        BrokerFolder.deleteTree(instance.tasks().resolve("0_0"));
    }

    /** kill -9 while empty stores are filled from the changelog. @return whether they were */
    boolean killInRestore(Random random) throws Exception {
        instance.awaitSaid("End offset for " + changelog + " initialized", PATIENCE, Duration.ofMillis(2));
        Thread.sleep(random.nextInt(LONGEST_RESTORE_MILLIS));
        instance.close();
        return !instance.said().contains("Finished restoring " + changelog);
    }

    /** SIGTERM. */
    void stop() throws Exception {
        instance.stop();
    }

    @Override
    public void close() throws Exception {
        instance.close();
        commits.close();
    }
}
