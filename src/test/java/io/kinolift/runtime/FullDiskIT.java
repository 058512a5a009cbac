package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kinolift.runtime.disk.WatchedDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The disk of the state folder fills up and is emptied. No restart of a failed thread is allowed. */
@Tag("endurance")
@Timeout(300)
class FullDiskIT {
    /** So long a disk stays full. */
    private static final Duration FULL = Duration.ofSeconds(5);

    private static final long MEBIBYTE = 1 << 20;
    private static final long LEAST = 16 * MEBIBYTE;

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Logger> loggers = List.of((Logger) LoggerFactory.getLogger(WatchedDisk.class), (Logger)
            LoggerFactory.getLogger(ThreadFailures.class));

    @BeforeEach
    void listen() {
        // Read by this thread while others write.
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        loggers.forEach(logger -> logger.addAppender(log));
    }

    @AfterEach
    void stopListening() {
        loggers.forEach(logger -> logger.detachAppender(log));
    }

    private List<String> lines() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    private static void start(Channel channel, String factor) {
        channel.start(
                        "kinolift.thread.restarts",
                        "0",
                        "kinolift.disk.min.free.bytes",
                        Long.toString(LEAST),
                        "kinolift.scale.factor",
                        factor)
                .awaitReady();
    }

    @Test
    void aDiskThatFillsUp_pausesTheApplicationUntilThereIsRoom() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 64);
                Channel channel = new Channel(disk.folder(), 1);
                ChaosTopics.Output output = channel.topics.output();
                Channel.Feed feed = channel.new Feed("a", 0)) {
            start(channel, "2,2,2");
            channel.watch(output, 40);
            assertThat(lines()).isEmpty();

            disk.leave(24 * MEBIBYTE);
            Awaitility.await().atMost(Channel.PATIENCE).until(() -> !lines().isEmpty());
            channel.watch(output, 40);
            assertThat(channel.ready().statusCode()).isEqualTo(200);

            disk.leave(4 * MEBIBYTE);
            Awaitility.await()
                    .atMost(Channel.PATIENCE)
                    .until(() -> channel.ready().statusCode() == 503);
            assertThat(channel.ready().body())
                    .contains("paused: expected at least 16 MiB (kinolift.disk.min.free.bytes) free on the disk of the"
                            + " state folder ")
                    .containsPattern("found [34]\\d+ KiB|found 4 MiB");
            assertThat(channel.get("live").statusCode()).isEqualTo(200);
            assertThat(channel.get("metrics").body())
                    .contains("kinolift_paused 1.0")
                    .contains("kinolift_disk_min_free_bytes 1.6777216E7")
                    .contains("kinolift_disk_total_bytes{folder=\"state\"} 6.7108864E7")
                    .containsPattern("kinolift_state_bytes [1-9]");
            staysSilent(output);
            assertThat(channel.admin
                            .listTransactions(
                                    new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
                            .all()
                            .get())
                    .as("transactions that would time out while it pauses")
                    .isEmpty();

            disk.clear();
            channel.awaitReady();
            assertThat(channel.get("metrics").body()).contains("kinolift_paused 0.0");
            endsWhole(channel, output, feed);
            assertThat(lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .matches(
                                            "WARN the disk of the state folder .* is nearly full: 2[34] MiB"
                                                    + " free; below 16 MiB \\(kinolift.disk.min.free.bytes\\) the application pauses"),
                            line -> assertThat(line).startsWith("ERROR paused: expected at least 16 MiB"),
                            line -> assertThat(line)
                                    .matches("INFO the disk of the state folder .* has enough room again.*"));
        }
    }

    private static void staysSilent(ChaosTopics.Output output) throws Exception {
        long deadline = System.nanoTime() + 30_000_000_000L;
        int before = -1;
        int now = output.poll();
        // What was under way comes yet.
        while (now > before) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            before = now;
            long until = System.nanoTime() + 3_000_000_000L;
            while (System.nanoTime() < until) {
                now = output.poll();
            }
        }
    }

    /** Frames as large as these fill a store's memory, so that it writes before anybody looks at the disk. */
    @Test
    void aDiskThatIsFullAtOnce_losesNothing() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 96);
                Channel channel = new Channel(disk.folder(), 1);
                ChaosTopics.Output output = channel.topics.output()) {
            start(channel, "2,1,1");
            ChaosTopics.send(channel.producer, List.of("a"), 0, 150, 640, 480);
            ChaosTopics.end(channel.producer, "a", 150);
            channel.producer.flush();
            channel.watch(output, 20);
            disk.leave(0);
            Awaitility.await()
                    .during(FULL)
                    .atMost(Channel.PATIENCE)
                    .until(() -> channel.ready().body().contains("paused: expected"));
            disk.clear();
            channel.watch(output, () -> output.ended() == 1);
            assertThat(channel.streams().disks().awaitRoom())
                    .as("a thread that fails now, because RocksDB has not looked for room yet, failed of the full disk")
                    .isTrue();
            isWhole(channel, output, 150);
            assertThat(channel.streams().failure()).isEmpty();
        }
    }

    @Test
    void aStartOnAFullDisk_isRefusedAndChangesNothing() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 64);
                Channel channel = new Channel(disk.folder(), 1)) {
            disk.leave(3 * MEBIBYTE);
            assertThatThrownBy(() -> start(channel, "2,2,2"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("expected at least 16 MiB (kinolift.disk.min.free.bytes) free on the disk of")
                    .hasMessageContaining("found 3 MiB");
            assertThat(disk.folder().toFile().list()).containsExactly("ballast");
            disk.clear();
            start(channel, "2,2,2");
        }
    }

    private static void endsWhole(Channel channel, ChaosTopics.Output output, Channel.Feed feed) throws Exception {
        long frames = feed.stop();
        channel.end("a", frames);
        output.await(Integer.MAX_VALUE, 1, Channel.PATIENCE);
        isWhole(channel, output, frames);
    }

    private static void isWhole(Channel channel, ChaosTopics.Output output, long frames) throws Exception {
        assertThat(Channel.sequences(output.streams().get("a")))
                .containsExactlyElementsOf(
                        LongStream.range(0, 2 * frames).boxed().toList());
        assertThat(channel.topics.audit().problems()).isEmpty();
    }
}
