package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Distribution;
import io.kinolift.Footage;
import io.kinolift.TestFrames;
import io.kinolift.audit.Audit;
import io.kinolift.avro.VideoFrame;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.transfer.Clients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application as a process of its own, killed while it works: the committed output, and the file that is collected
 * from it, are those of an undisturbed run. {@code -Dkinolift.crash.runs=60} is the full form, whose streams are real
 * video with footage at hand.
 */
class CrashIT {
    private static final int RUNS = Integer.getInteger("kinolift.crash.runs", 1);
    private static final int NOISE_FRAMES = 120;
    private static final int COMMIT_MILLIS = 100;
    private static final int COLLECT_EVERY = 5;
    private static final List<String> STREAMS = List.of("north", "south");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private final List<Double> recoverySeconds = new ArrayList<>();
    /** How many kills were meant for a moment, and how many hit it. */
    private final Map<Script, Integer> meant = new EnumMap<>(Script.class);

    private final Map<Script, Integer> hit = new EnumMap<>(Script.class);
    private EmbeddedBroker broker;
    private Map<String, String> clients;
    private Map<String, List<VideoFrame>> whole;
    private String wholeFile;

    /** How one run is killed, and how often. */
    private enum Script {
        /** At once. First, because waiting for a moment may last until all is done: that is no use if it is the only run. */
        AT_WORK,
        /** When the offsets of its input are in the transaction and that is not complete. */
        IN_A_COMMIT,
        /** Killed, then killed again while the next process reads its store back. */
        IN_RESTORE,
        TWICE_IN_A_ROW
    }

    @BeforeEach
    void undisturbedRun() throws Exception {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        clients = Map.of("bootstrap.servers", broker.bootstrapServers());
        ChaosTopics topics = new ChaosTopics(clients, "whole", 1, (short) 1).create();
        send();
        try (CrashedApplication application = new CrashedApplication(topics, folder, COMMIT_MILLIS)) {
            application.start();
            whole = topics.read(STREAMS.size(), PATIENCE, application.instance());
            application.stop();
        }
        wholeFile = collect(topics);
    }

    @Test
    void killedAtRandomPoints_theOutputIsThatOfAnUndisturbedRun() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            Script script = Script.values()[run % Script.values().length];
            run(run, script);
            System.out.printf(
                    "run %d, %s: equal; %.1f s to the next new output; hits %s of %s%n",
                    run, script, recoverySeconds.getLast(), hit, meant);
        }
        Collections.sort(recoverySeconds);
        System.out.printf(
                "%d runs, each with the output of an undisturbed one: 0 lost, 0 twice. Kills that hit what they "
                        + "were meant for: %s of %s. Seconds from a kill to the next new output: median %.1f, worst %.1f%n",
                RUNS, hit, meant, recoverySeconds.get(recoverySeconds.size() / 2), recoverySeconds.getLast());
        // One that misses is a kill at another moment; so many must not.
        meant.forEach((script, kills) ->
                assertThat(hit.getOrDefault(script, 0)).as("hits, %s", script).isGreaterThanOrEqualTo(kills / 2));
    }

    @AfterEach
    void closeBroker() {
        broker.close();
    }

    private void run(int number, Script script) throws Exception {
        Random random = new Random(number);
        ChaosTopics topics = new ChaosTopics(clients, "run" + number, 1, (short) 1).create();
        int most = whole.values().stream().mapToInt(List::size).sum();
        int kills = script == Script.TWICE_IN_A_ROW ? 2 : 1;
        try (CrashedApplication application = new CrashedApplication(topics, folder, COMMIT_MILLIS);
                ChaosTopics.Output output = topics.output().madeBy(application.instance())) {
            application.start();
            for (int kill = 0; kill < kills; kill++) {
                int seen = output.await(1 + random.nextInt(most * 2 / 3), STREAMS.size(), PATIENCE);
                long killed = kill(application, script, random);
                // What was committed before the kill may still be on its way.
                seen = drained(output, seen);
                application.start();
                output.await(seen + 1, STREAMS.size(), PATIENCE);
                recoverySeconds.add((System.nanoTime() - killed) / 1e9);
            }
            output.await(Integer.MAX_VALUE, STREAMS.size(), PATIENCE);
            for (String stream : STREAMS) {
                assertThat(output.streams().get(stream))
                        .as("run %d, %s, %s", number, script, stream)
                        .containsExactlyElementsOf(whole.get(stream));
            }
        }
        if (number % COLLECT_EVERY == 0) {
            assertThat(collect(topics))
                    .as("run %d, %s: the collected file", number, script)
                    .isEqualTo(wholeFile);
        }
        Audit.Report report = topics.audit();
        assertThat(report.problems()).as("run %d, %s", number, script).isEmpty();
        assertThat(report.lines().toString()).doesNotContain("dead-lettered 1");
    }

    /** @return when the last good process was killed, by {@link System#nanoTime} */
    private long kill(CrashedApplication application, Script script, Random random) throws Exception {
        if (script == Script.IN_A_COMMIT) {
            count(script, application.killInACommit());
            return System.nanoTime();
        }
        application.kill();
        long killed = System.nanoTime();
        if (script == Script.IN_RESTORE) {
            application.forgetStores();
            application.start();
            count(script, application.killInRestore(random));
        }
        return killed;
    }

    private void count(Script script, boolean asMeant) {
        meant.merge(script, 1, Integer::sum);
        hit.merge(script, asMeant ? 1 : 0, Integer::sum);
    }

    private static int drained(ChaosTopics.Output output, int seen) throws Exception {
        int before = -1;
        int now = seen;
        while (now > before) {
            before = now;
            now = output.poll();
        }
        return now;
    }

    /** The digest of the north stream's file. */
    private String collect(ChaosTopics topics) throws Exception {
        Path file = folder.resolve(topics.name() + ".avi");
        Distribution.Outcome outcome = Distribution.run(
                folder,
                "collect",
                file.toString(),
                "--bootstrap-server",
                broker.bootstrapServers(),
                "--topic",
                topics.names().upscaled(),
                "--stream",
                "north");
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    }

    private void send() throws Exception {
        if (RUNS > 1 && System.getenv(Footage.VARIABLE) != null) {
            ingest("north", Footage.clip("person_432p10.mp4"));
            ingest("south", Footage.clip("plant_240p.mp4"));
            return;
        }
        try (Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES)) {
            for (int sequence = 0; sequence < NOISE_FRAMES; sequence++) {
                for (int stream = 0; stream < STREAMS.size(); stream++) {
                    ChaosTopics.send(producer, TestFrames.raw(STREAMS.get(stream), sequence, 64 + 32 * stream, 48));
                }
            }
            STREAMS.forEach(stream -> ChaosTopics.end(producer, stream, NOISE_FRAMES));
        }
    }

    private void ingest(String stream, Path clip) throws Exception {
        Distribution.Outcome outcome = Distribution.run(
                folder, "ingest", clip.toString(), "--bootstrap-server", broker.bootstrapServers(), "--stream", stream);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    }
}
