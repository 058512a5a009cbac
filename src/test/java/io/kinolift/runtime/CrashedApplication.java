package io.kinolift.runtime;

import io.kinolift.Distribution;
import io.kinolift.runtime.broker.BrokerFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;

/** One application as a process of its own, to be killed at chosen moments; tells whether a kill hit its moment. */
final class CrashedApplication implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int LONGEST_RESTORE_MILLIS = 40;

    private final ChaosTopics topics;
    private final Path log;
    private final Path task;
    private final String[] command;
    private final CommitWatch commits;
    private Process process;
    private long logStart;

    /** @param commitMillis between two commits */
    CrashedApplication(ChaosTopics topics, Path folder, int commitMillis) throws Exception {
        Path state = folder.resolve("state-" + topics.name());
        this.topics = topics;
        this.log = folder.resolve(topics.name() + ".log");
        this.task = state.resolve(topics.name()).resolve("0_0");
        this.command = new String[] {
            "run",
            "--config",
            topics.config(folder, "commit.interval.ms=" + commitMillis, "kinolift.frame.codec=jpeg")
                    .toString(),
            "--state-dir",
            state.toString(),
            "--instance-id",
            "one"
        };
        this.commits = new CommitWatch(topics.clients(), topics.name());
    }

    void start() throws Exception {
        logStart = Files.exists(log) ? Files.size(log) : 0;
        Path logging = Path.of(
                CrashedApplication.class.getResource("/crash/logback.xml").toURI());
        process = Distribution.startWithOptions("-Dlogback.configurationFile=" + logging, log, command);
    }

    /** kill -9. @return whether a commit was under way */
    boolean kill() throws Exception {
        process.destroyForcibly().waitFor();
        return commits.isCommitting();
    }

    /** kill -9 as soon as a commit is under way. @return whether it still was */
    boolean killInACommit() throws Exception {
        commits.awaitCommit(Duration.ofSeconds(2));
        return kill();
    }

    /** The changelog is all that is left, but it is still the same instance. */
    void forgetStores() throws Exception {
        BrokerFolder.deleteTree(task);
    }

    /** kill -9 while empty stores are filled from the changelog. @return whether they were */
    boolean killInRestore(Random random) throws Exception {
        String changelog = "changelog " + topics.name() + "-windows-changelog-0";
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> said().contains("End offset for " + changelog + " initialized"));
        process.waitFor(Duration.ofMillis(random.nextInt(LONGEST_RESTORE_MILLIS)));
        process.destroyForcibly().waitFor();
        return !said().contains("Finished restoring " + changelog);
    }

    /** The log of the present process. */
    private String said() throws Exception {
        return Files.readString(log).substring((int) logStart);
    }

    /** SIGTERM. */
    int stop() throws Exception {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() throws Exception {
        if (process != null) {
            stop();
        }
        commits.close();
    }
}
