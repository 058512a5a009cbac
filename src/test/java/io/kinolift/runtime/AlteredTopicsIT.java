package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kinolift.audit.Audit;
import io.kinolift.avro.DeadLetter;
import io.kinolift.runtime.topics.TopicFaults;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Topics that are deleted, made again, emptied or given other limits. No restart of a failed thread is allowed. */
@Tag("endurance")
@Timeout(300)
class AlteredTopicsIT {
    private static final double LONGEST_OUTAGE = 20;
    private static final String WINDOWS = "channel-windows-changelog";

    @TempDir
    private Path folder;

    private Channel start() {
        return new Channel(folder, 1).start("kinolift.thread.restarts", "0").awaitReady();
    }

    @Test
    void framesDeletedWhileRunning_isSaidUntilItIsMadeAgain() throws Exception {
        try (Channel channel = start();
                ChaosTopics.Output output = channel.topics.output()) {
            channel.send("a", 0, 20);
            channel.watch(output, () -> output.poll() >= 38);
            channel.delete(Channel.FRAMES);
            Awaitility.await()
                    .atMost(Channel.PATIENCE)
                    .until(() -> channel.ready().body().contains("expected a topic kinolift.frames"));
            assertThat(channel.ready().statusCode()).isEqualTo(503);
            assertThat(channel.get("live").statusCode()).isEqualTo(200);
            channel.topics.create();
            // Fewer than before: on a busy machine, all may be there before the consumer looks again.
            channel.send("a", 20, 30);
            channel.end("a", 30);
            long made = System.nanoTime();
            output.await(Integer.MAX_VALUE, 1, Channel.PATIENCE);
            said("frames made again", (System.nanoTime() - made) / 1e9);
            channel.awaitReady();
            assertThat(Channel.sequences(output.streams().get("a")))
                    .containsExactlyElementsOf(LongStream.range(0, 60).boxed().toList());
            assertThat(channel.topics.audit().problems())
                    .containsExactly("stream \"a\": frame records up to offset 10 of partition 0: the accounts say 30, "
                            + "the topic holds 10");
        }
    }

    /** Nobody saw it missing, and the new topic soon holds more than was read of the old one. */
    @Test
    void framesDeletedAndMadeAgainAtOnce_isReadFromItsBeginning() throws Exception {
        try (Channel channel = start();
                ChaosTopics.Output output = channel.topics.output()) {
            channel.send("a", 0, 20);
            channel.watch(output, () -> output.poll() >= 38);
            channel.delete(Channel.FRAMES);
            channel.topics.create();
            channel.send("b", 0, 60);
            channel.end("b", 60);
            output.await(Integer.MAX_VALUE, 1, Channel.PATIENCE);
            assertThat(Channel.sequences(output.streams().get("b")))
                    .containsExactlyElementsOf(LongStream.range(0, 120).boxed().toList());
        }
    }

    /** As if the cluster had come back from a copy that knows its groups and has lost its frames. */
    @Test
    void framesEndBeforeWhatWasCommitted_isReadFromItsBeginning() throws Exception {
        try (Channel channel = start();
                ChaosTopics.Output output = channel.topics.output()) {
            channel.send("a", 0, 20);
            channel.watch(output, () -> output.poll() >= 38);
            channel.stop();
            channel.delete(Channel.FRAMES);
            channel.topics.create();
            channel.leaveGroup();
            channel.commit(20);
            channel.send("a", 20, 30);
            channel.end("a", 30);
            channel.start();
            output.await(Integer.MAX_VALUE, 1, Channel.PATIENCE);
            assertThat(Channel.sequences(output.streams().get("a")))
                    .containsExactlyElementsOf(LongStream.range(0, 60).boxed().toList());
        }
    }

    @Test
    void framesDeletedAndMadeAgainWhileStopped_isReadFromItsBeginning() throws Exception {
        try (Channel channel = start();
                ChaosTopics.Output output = channel.topics.output()) {
            channel.send("a", 0, 20);
            channel.watch(output, () -> output.poll() >= 38);
            channel.stop();
            channel.delete(Channel.FRAMES);
            channel.topics.create();
            channel.send("a", 20, 60);
            channel.end("a", 60);
            channel.start();
            output.await(Integer.MAX_VALUE, 1, Channel.PATIENCE);
            assertThat(Channel.sequences(output.streams().get("a")))
                    .containsExactlyElementsOf(LongStream.range(0, 120).boxed().toList());
        }
    }

    @Test
    void upscaledDeletedAndMadeAgainWhileRunning_outputGoesOn() throws Exception {
        String upscaled;
        try (Channel channel = start();
                ChaosTopics.Output output = channel.topics.output();
                Channel.Feed feed = channel.new Feed("a", 0)) {
            upscaled = channel.topics.names().upscaled();
            channel.watch(output, 40);
            channel.delete(upscaled);
            Awaitility.await()
                    .atMost(Channel.PATIENCE)
                    .until(() -> channel.ready().body().contains("expected a topic " + upscaled));
            channel.topics.create();
            long made = System.nanoTime();
            try (ChaosTopics.Output fresh = channel.topics.output()) {
                channel.watch(fresh, 40);
                said("upscaled made again", (System.nanoTime() - made) / 1e9);
                channel.awaitReady();
                long frames = feed.stop();
                channel.end("a", frames);
                fresh.await(Integer.MAX_VALUE, 1, Channel.PATIENCE);
                assertThat(Channel.sequences(fresh.streams().get("a")))
                        .isSorted()
                        .doesNotHaveDuplicates();
                assertThat(Channel.sequences(fresh.streams().get("a")).getLast())
                        .isEqualTo(2 * frames - 1);
            }
            // What was deleted is missing, and audit says how much.
            assertThat(channel.topics.audit().problems())
                    .anyMatch(problem -> problem.contains("output frames: the accounts say"));
        }
    }

    @Test
    void aChangelogDeletedWhileRunning_isMadeAgainAndNothingIsLost() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(TopicFaults.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        // Read by this thread while others write.
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
        try (Channel channel = start();
                ChaosTopics.Output output = channel.topics.output();
                Channel.Feed feed = channel.new Feed("a", 0)) {
            channel.watch(output, 40);
            Awaitility.await()
                    .atMost(Channel.PATIENCE)
                    .until(() -> lines.list.stream()
                            .anyMatch(line -> line.getFormattedMessage()
                                    .equals(WINDOWS + " can be made again if it is deleted")));
            channel.delete(WINDOWS);
            double outage = channel.watch(output, () -> channel.exists(WINDOWS));
            outage = Math.max(outage, channel.watch(output, 100));
            said("changelog deleted", outage);
            assertThat(outage).isLessThan(LONGEST_OUTAGE);
            channel.stop();
            channel.start().awaitReady();
            endsWhole(channel, output, feed);
        } finally {
            logger.setLevel(null);
            logger.detachAppender(lines);
        }
    }

    @Test
    void aChangelogDeletedWhileStopped_theStateFolderHasTheRows() throws Exception {
        try (Channel channel = start();
                ChaosTopics.Output output = channel.topics.output();
                Channel.Feed feed = channel.new Feed("a", 0)) {
            channel.watch(output, 40);
            channel.stop();
            channel.delete(WINDOWS);
            channel.start();
            endsWhole(channel, output, feed);
        }
    }

    private static void endsWhole(Channel channel, ChaosTopics.Output output, Channel.Feed feed) throws Exception {
        long frames = feed.stop();
        channel.end("a", frames);
        output.await(Integer.MAX_VALUE, 1, Channel.PATIENCE);
        assertThat(Channel.sequences(output.streams().get("a")))
                .containsExactlyElementsOf(
                        LongStream.range(0, 2 * frames).boxed().toList());
        assertThat(channel.topics.audit().problems()).isEmpty();
    }

    @Test
    void aLimitOfUpscaledLoweredWhileRunning_makesDeadLetters() throws Exception {
        try (Channel channel = start();
                ChaosTopics.Output output = channel.topics.output();
                Channel.Feed feed = channel.new Feed("a", 0)) {
            channel.watch(output, 40);
            // A frame of 64 x 48 becomes one of 128 x 96: 18,432 bytes.
            channel.set(channel.topics.names().upscaled(), "max.message.bytes", "8000");
            long lowered = System.nanoTime();
            channel.awaitLetters(20);
            said("limit lowered", (System.nanoTime() - lowered) / 1e9);
            channel.awaitReady();
            channel.end("a", feed.stop());
            output.await(Integer.MAX_VALUE, 1, Channel.PATIENCE);
            assertThat(channel.letters())
                    .extracting(DeadLetter::getReason)
                    .extracting(Object::toString)
                    .containsOnly("OUTPUT_TOO_LARGE");
            assertThat(channel.topics.audit().problems()).isEmpty();
        }
    }

    @Test
    void inputDeletedWhileStopped_isSaidAndCounted() throws Exception {
        try (Channel channel = start();
                ChaosTopics.Output output = channel.topics.output()) {
            channel.send("a", 0, 20);
            channel.watch(output, () -> output.poll() >= 38);
            channel.stop();
            channel.send("gone", 0, 10);
            channel.send("a", 20, 30);
            deleteBefore(channel, 40);
            channel.send("a", 30, 60);
            channel.end("a", 60);
            channel.start();
            assertThat(channel.streams().deletedUnread()).isEqualTo(20);
            output.await(Integer.MAX_VALUE, 1, Channel.PATIENCE);
            assertThat(channel.get("metrics").body()).contains("kinolift_frames_deleted_unread_total 20.0");
            Audit.Report report = channel.topics.audit();
            assertThat(report.problems()).isEmpty();
            assertThat(String.join("\n", report.lines())).contains("{GAP=1, MISSING_FRAME=10}");
        }
    }

    /** The application is held up by a large backlog, and retention overtakes it. */
    @Test
    void inputDeletedWhileRunning_isSaidAndCounted() throws Exception {
        try (Channel channel = start();
                ChaosTopics.Output output = channel.topics.output()) {
            channel.send("a", 0, 20);
            channel.watch(output, () -> output.poll() >= 38);
            channel.send("a", 20, 3000);
            deleteBefore(channel, 2900);
            channel.end("a", 3000);
            output.await(Integer.MAX_VALUE, 1, Channel.PATIENCE);
            long read = output.streams().get("a").getLast().getTotals().getReceived();
            assertThat(read).isLessThan(3000);
            Awaitility.await()
                    .atMost(Channel.PATIENCE)
                    .until(() -> channel.streams().deletedUnread() == 3000 - read);
            assertThat(channel.topics.audit().problems()).isEmpty();
        }
    }

    private static void deleteBefore(Channel channel, long offset) throws Exception {
        channel.admin
                .deleteRecords(Map.of(new TopicPartition(Channel.FRAMES, 0), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    private static void said(String what, double seconds) {
        System.out.printf("%s: %.1f s without output%n", what, seconds);
    }
}
