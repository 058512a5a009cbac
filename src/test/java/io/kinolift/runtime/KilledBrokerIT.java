package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Distribution;
import io.kinolift.FreePorts;
import io.kinolift.Processes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kinolift broker} is killed while {@code run}, {@code ingest}, {@code collect} and {@code upscale} work with it,
 * and started again on the same folder: all go on, and both files are those of undisturbed runs.
 */
@Tag("endurance")
class KilledBrokerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration DOWN = Duration.ofSeconds(3);
    private static final int FRAMES = 200;
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final List<String> LAYOUT =
            List.of("--input-format", "rawvideo", "--input-size", WIDTH + "x" + HEIGHT, "--input-pixel-format", "gray");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final List<Process> processes = new ArrayList<>();
    private final byte[] video = new byte[FRAMES * WIDTH * HEIGHT];
    private String server;

    @Test
    void theBrokerIsKilledAndStartedAgain_allCommandsGoOn() throws Exception {
        new Random(5).nextBytes(video);
        int port = FreePorts.next();
        server = "127.0.0.1:" + port;
        Map<String, String> clients = Map.of("bootstrap.servers", server);
        Process broker = broker(port);
        ChaosTopics topics = new ChaosTopics(clients, "bereft", 1, (short) 1).create();
        ChaosTopics calm = new ChaosTopics(clients, "calm", 1, (short) 1).create();
        try (Instance instance = new Instance(topics, folder, "one");
                ChaosTopics.Output output = topics.output().madeBy(instance);
                RandomAccessFile camera = pipe("camera");
                RandomAccessFile input = pipe("input")) {
            instance.start();
            Process upscale = start("upscale", List.of(path("input"), path("upscaled.avi")), LAYOUT);
            Process ingest =
                    start("ingest", List.of(path("camera"), "--frame-codec", "raw", "--stream", "north"), LAYOUT);
            Process collect = start("collect", collect(topics, "collected.avi"), List.of());
            feed(camera, 0, FRAMES / 2);
            feed(input, 0, FRAMES / 2);
            output.await(FRAMES / 2, 1, PATIENCE);
            await(upscale, commands(), () -> Files.exists(folder.resolve(".upscaled.avi.partial")));

            broker.destroyForcibly().waitFor();
            output.poll();
            long killed = System.nanoTime();
            TimeUnit.SECONDS.sleep(DOWN.toSeconds());
            broker(port);
            output.await(output.poll() + 1, 1, PATIENCE);
            System.out.printf(
                    "broker killed, and started after %d s: %.1f s without output%n",
                    DOWN.toSeconds(), (System.nanoTime() - killed) / 1e9);
            feed(camera, FRAMES / 2, FRAMES);
            feed(input, FRAMES / 2, FRAMES);
            // The end of both inputs.
            camera.close();
            input.close();
            for (Process command : List.of(ingest, collect, upscale)) {
                requireGoodEnd(command);
            }
            output.await(Integer.MAX_VALUE, 1, PATIENCE);
            try (KinoliftStreams _ = calm.start(folder.resolve("calm"), "only")) {
                assertThat(output.streams()).isEqualTo(calm.read(1, PATIENCE));
            }
            assertThat(output.streams().get("north")).hasSize(2 * FRAMES + 1);
            assertThat(topics.audit().problems()).isEmpty();
            assertThat(instance.isAlive()).isTrue();
        }
        requireGoodEnd(start("collect", collect(calm, "calm.avi"), List.of()));
        assertThat(folder.resolve("collected.avi")).hasSameBinaryContentAs(folder.resolve("calm.avi"));
        Files.write(folder.resolve("input.raw"), video);
        requireGoodEnd(start("upscale", List.of(path("input.raw"), path("undisturbed.avi")), LAYOUT));
        assertThat(folder.resolve("upscaled.avi")).hasSameBinaryContentAs(folder.resolve("undisturbed.avi"));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    /** A pipe with a name; opened for both directions, so that nobody waits for the other side. */
    private RandomAccessFile pipe(String name) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path(name)).start().waitFor()).isZero();
        return new RandomAccessFile(path(name), "rw");
    }

    /** Writes frames as fast as the other side reads them. */
    private void feed(RandomAccessFile pipe, int from, int to) throws InterruptedException {
        Thread writer = Thread.ofPlatform().daemon().start(() -> {
            try {
                pipe.write(video, from * WIDTH * HEIGHT, (to - from) * WIDTH * HEIGHT);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(writer.join(PATIENCE)).as("read: %s", said()).isTrue();
    }

    @AfterEach
    void endAll() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process broker(int port) throws Exception {
        Path log = Files.createTempFile(folder, "broker", ".txt");
        Process broker = Distribution.start(
                log,
                "broker",
                "--port",
                Integer.toString(port),
                "--data-dir",
                folder.resolve("data").toString());
        processes.add(broker);
        await(broker, log, () -> Files.readString(log).contains("bootstrap server: "));
        return broker;
    }

    private static void await(Process maker, Path log, Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(PATIENCE)
                .failFast(() -> Processes.requireAlive(maker, log))
                .until(condition);
    }

    /** The log of all commands. */
    private Path commands() {
        return folder.resolve("commands.txt");
    }

    private Process start(String command, List<String> arguments, List<String> more) throws Exception {
        List<String> all = new ArrayList<>(List.of(command, "--bootstrap-server", server));
        all.addAll(arguments);
        all.addAll(more);
        Process process = Distribution.start(commands(), all.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    private void requireGoodEnd(Process command) throws Exception {
        assertThat(command.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(said())
                .isTrue();
        assertThat(command.exitValue()).as(said()).isZero();
    }

    private List<String> collect(ChaosTopics topics, String file) {
        return List.of(path(file), "--topic", topics.names().upscaled(), "--stream", "north");
    }

    private String said() {
        try {
            return Files.readString(commands());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
