package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.audit.Audit;
import io.kinolift.avro.VideoFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames topic gets more partitions: key "a" belongs to partition 0 of 2, and to partition 1 of 3. */
@Tag("endurance")
@Timeout(300)
class PartitionsIT {
    private static final List<String> CHANGELOGS = List.of("channel-windows-changelog", "channel-accounts-changelog");
    /** As many partitions as the frames topic, where windows are shared. */
    private static final List<String> SHARED = List.of("channel-resequence-changelog", "channel-outcomes");
    /** A group that waits for a dead member is silent for 45 s. */
    private static final double LONGEST_OUTAGE = 20;

    @TempDir
    private Path folder;

    /**
     * Either the consumers know of the new partition first, and the assignment fails, or the watch raises the changelogs
     * before. No restart is allowed: such a failure may not count.
     */
    @ParameterizedTest
    @CsvSource({"500,stream", "20000,stream", "500,window", "20000,window"})
    void underARunningInstance_streamsGoOn(String metadataMillis, String parallelism) throws Exception {
        try (Channel channel = new Channel(folder, 2)
                .start(
                        "metadata.max.age.ms",
                        metadataMillis,
                        "kinolift.thread.restarts",
                        "0",
                        "kinolift.parallelism",
                        parallelism)
                .awaitReady()) {
            raiseUnder(channel);
            assertFollowed(channel, parallelism);
        }
    }

    private static void assertFollowed(Channel channel, String parallelism) throws Exception {
        List<String> all = new ArrayList<>(CHANGELOGS);
        if (parallelism.equals("window")) {
            all.addAll(SHARED);
            assertThat(channel.partitions("channel-windows")).isEqualTo(8);
        }
        for (String topic : all) {
            assertThat(channel.partitions(topic)).as(topic).isEqualTo(3);
        }
    }

    /**
     * One output is held with the last frame in the old partition, no other is lost. The new partition may be read beside
     * a backlog of the old one; if their outputs are mixed, even after the end, audit says so.
     */
    private static void raiseUnder(Channel channel) throws Exception {
        try (ChaosTopics.Output output = channel.topics.output();
                Channel.Feed feed = channel.new Feed("a", 0)) {
            long frames = raiseUnder(channel, output, feed);
            Audit.Report report = channel.topics.audit();
            assertThat(report.problems())
                    .allMatch(problem -> problem.contains("out of order")
                            || problem.contains("after the end")
                            || problem.contains("such faults")
                            || problem.contains("no discontinuity says so"));
            List<String> moves = report.lines().stream()
                    .filter(line -> line.contains("went from partition"))
                    .toList();
            assertThat(moves).hasSize(1);
            assertThat(moves.getFirst())
                    .matches("  session 0: went from partition 0 \\(up to frame \\d+\\) to partition 1 "
                            + "\\(from frame \\d+\\); partition 0 holds 1 frame until the stream ends there");
            long first = Long.parseLong(moves.getFirst().replaceAll(".*from frame (\\d+).*", "$1"));
            assertThat(Channel.sequences(output.streams().get("a")))
                    .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 2 * frames)
                            .filter(sequence -> sequence != 2 * first - 1)
                            .boxed()
                            .toList());
            assertThat(output.streams().get("a").stream()
                            .filter(VideoFrame::getDiscontinuity)
                            .map(VideoFrame::getSequence))
                    .containsExactly(2 * first);
        }
    }

    /** @return how many frames were sent */
    private static long raiseUnder(Channel channel, ChaosTopics.Output output, Channel.Feed feed) throws Exception {
        channel.watch(output, 40);
        channel.raise(Channel.FRAMES, 3);
        double outage = channel.watch(output, () -> channel.tasks() == 3);
        outage = Math.max(outage, channel.watch(output, 60));
        System.out.printf("more partitions while running: %.1f s without output%n", outage);
        assertThat(outage).isLessThan(LONGEST_OUTAGE);
        channel.awaitReady();
        long frames = feed.stop();
        channel.end("a", frames);
        output.await(Integer.MAX_VALUE, 1, Channel.PATIENCE);
        channel.watch(output, () -> Channel.sequences(output.streams().get("a")).size() >= 2 * frames - 1);
        return frames;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "window"})
    void betweenTwoRuns_aNewSessionOfEveryStreamIsWhole(String parallelism) throws Exception {
        try (Channel channel = new Channel(folder, 2)
                        .start("kinolift.parallelism", parallelism)
                        .awaitReady();
                ChaosTopics.Output output = channel.topics.output()) {
            channel.send("a", 0, 12);
            channel.end("a", 12);
            output.await(Integer.MAX_VALUE, 1, Channel.PATIENCE);
            channel.stop();
            channel.raise(Channel.FRAMES, 3);
            channel.start("kinolift.parallelism", parallelism).awaitReady();
            assertFollowed(channel, parallelism);
            channel.send("a", 0, 12);
            channel.send("b", 0, 12);
            channel.end("a", 12);
            channel.end("b", 12);
            output.await(Integer.MAX_VALUE, 3, Channel.PATIENCE);
            assertThat(Channel.sequences(output.streams().get("b")))
                    .containsExactlyElementsOf(LongStream.range(0, 24).boxed().toList());
            assertThat(Channel.sequences(output.streams().get("a"))).hasSize(48);
        }
    }

    /** It cannot lose partitions, so only the frames topic can be raised: and that is for the operator to decide. */
    @Test
    void aChangelogWithMoreThanTheFramesTopic_isRefusedAtTheStart() throws Exception {
        try (Channel channel = new Channel(folder, 2).start().awaitReady()) {
            channel.stop();
            channel.raise(CHANGELOGS.getFirst(), 4);
            assertThatThrownBy(channel::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "kinolift.frames: partitions expected 4, found 2; kinolift.frames and the changelogs must"
                                    + " have the same number; mend it with: kafka-topics.sh --alter --topic"
                                    + " kinolift.frames --partitions 4, then kafka-topics.sh --alter --topic"
                                    + " channel-accounts-changelog --partitions 4");
        }
    }

    /** The same under a running instance: it says so, is not ready, and goes on when that is mended. */
    @Test
    void aChangelogWithMoreThanTheFramesTopic_isSaidByReady() throws Exception {
        try (Channel channel = new Channel(folder, 2).start().awaitReady()) {
            channel.raise(CHANGELOGS.getFirst(), 4);
            Awaitility.await()
                    .atMost(Channel.PATIENCE)
                    .until(() -> channel.ready().statusCode() == 503
                            && channel.ready().body().contains("kinolift.frames: partitions expected 4, found 2"));
            channel.raise(Channel.FRAMES, 4);
            Awaitility.await().atMost(Channel.PATIENCE).until(() -> channel.tasks() == 4);
            channel.awaitReady();
        }
    }
}
