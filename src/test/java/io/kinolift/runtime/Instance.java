package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Distribution;
import io.kinolift.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One {@code run} as a process of its own, with a state folder, that can be ended, halted and started again. */
final class Instance implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path log;
    private final Path tasks;
    private final Map<String, String> environment;
    private final String[] command;
    private Process process;
    private long logStart;

    /**
     * Makes an instance that has not been started.
     *
     * @param folder in which it gets one of its own
     * @param environment over a {@link Distribution#QUICK} JVM
     * @param settings lines over the usual ones
     */
    Instance(ChaosTopics topics, Path folder, String name, Map<String, String> environment, String... settings)
            throws Exception {
        Path own = Files.createDirectories(folder.resolve(topics.name() + "-" + name));
        Path state = own.resolve("state");
        this.log = own.resolve("log.txt");
        this.tasks = state.resolve(topics.name());
        this.environment = new HashMap<>(Map.of(Distribution.OPTIONS, Distribution.QUICK));
        this.environment.putAll(environment);
        this.command = new String[] {
            "run",
            "--config",
            topics.config(own, settings).toString(),
            "--state-dir",
            state.toString(),
            "--instance-id",
            name
        };
    }

    Instance(ChaosTopics topics, Path folder, String name, String... settings) throws Exception {
        this(topics, folder, name, Map.of(), settings);
    }

    void start() throws Exception {
        logStart = Files.exists(log) ? Files.size(log) : 0;
        process = Distribution.startIn(environment, log, command);
    }

    /** The log of the present process. */
    String said() throws Exception {
        return Files.readString(log).substring((int) logStart);
    }

    void awaitSaid(String text) {
        awaitSaid(text, PATIENCE, Duration.ofMillis(100));
    }

    /** @param interval after which it looks again */
    void awaitSaid(String text, Duration patience, Duration interval) {
        Awaitility.await()
                .atMost(patience)
                .pollInterval(interval)
                .failFast(this::requireAlive)
                .until(() -> said().contains(text));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Fails if the process has ended by itself. */
    void requireAlive() throws Exception {
        if (process != null) {
            Processes.requireAlive(process, log);
        }
    }

    long pid() {
        return process.pid();
    }

    ServedBy http() {
        return ServedBy.log(process, log, PATIENCE);
    }

    /** The folders of its tasks. */
    Path tasks() {
        return tasks;
    }

    /** All that it keeps. */
    Path state() {
        return tasks.getParent();
    }

    /** SIGTERM. */
    void stop() throws Exception {
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(said())
                .isTrue();
        int exitCode = process.exitValue();
        process = null;
        assertThat(exitCode).as(said()).isIn(0, 143);
    }

    /** SIGSTOP. */
    void halt() throws Exception {
        signal("-STOP");
    }

    /** SIGCONT. */
    void goOn() throws Exception {
        signal("-CONT");
    }

    private void signal(String name) throws Exception {
        assertThat(new ProcessBuilder("kill", name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** SIGKILL. */
    @Override
    public void close() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
            process = null;
        }
    }
}
