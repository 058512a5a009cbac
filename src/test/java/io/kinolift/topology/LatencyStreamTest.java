package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.avro.VideoFrame;
import io.kinolift.engine.Levels;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.video.CodedClips;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.LevelHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A latency budget through the whole topology. */
class LatencyStreamTest {
    /** A window may be late by half of it. */
    private static final long BUDGET = 800;

    private static final int FRAMES = 32;
    private static final int WINDOW = 3;

    /** Levels as they were recorded, by output sequence. */
    private record Recorded(Map<Long, Integer> levels) implements WindowLevels {
        static Recorded of(List<VideoFrame> outputs) {
            return new Recorded(
                    outputs.stream().collect(Collectors.toMap(VideoFrame::getSequence, VideoFrame::getLevel)));
        }

        @Override
        public LevelHistory next(
                FrameWindow window, LevelHistory before, Levels live, long recordMillis, ProcessingContext context) {
            int level = levels.get(window.segmentOutput() + window.outputFrom());
            return LatencyHistories.at(level);
        }
    }

    private static String[] settings(String settings) {
        return (settings + " window.size " + WINDOW + " scene.cut 0.4 latency.budget.ms " + BUDGET).split(" ");
    }

    /** Frames that are read so late, one every 40 ms; outputs without the end of the stream. */
    private static List<VideoFrame> live(TopologyFixture fixture, long[] late) {
        return live(
                fixture,
                IntStream.range(0, FRAMES)
                        .mapToObj(frame -> TestFrames.raw("a", frame, 32, 24))
                        .toList(),
                late);
    }

    private static List<VideoFrame> live(TopologyFixture fixture, List<EncodedFrame> frames, long[] late) {
        long now = TopologyFixture.START_MILLIS;
        for (int frame = 0; frame < FRAMES; frame++) {
            fixture.advance(Duration.ofMillis(40));
            now += 40;
            // A segment ends in the middle: its last outputs reach up to the next one's first frame.
            EncodedFrame next = frames.get(frame);
            boolean cut = frame == FRAMES / 2 && !next.format().codec().isInterCoded();
            fixture.sendAt(cut ? next.afterDiscontinuity() : next, now - late[frame]);
        }
        fixture.end("a", 0, FRAMES);
        List<VideoFrame> output = fixture.output();
        assertThat(fixture.deadLetters()).isEmpty();
        return output.subList(0, output.size() - 1);
    }

    /** Later and later. */
    private static long[] fallingBehind() {
        long[] late = new long[FRAMES];
        Arrays.setAll(late, frame -> 40L * frame);
        return late;
    }

    private static Set<Integer> levels(List<VideoFrame> outputs) {
        return outputs.stream().map(VideoFrame::getLevel).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    preset best scale.factor 2,2,2                                | 0 1 2 3 4 5
                    preset best scale.factor 2,2,2 temporal.grid source           | 0 1 2 3 4 5
                    preset best scale.factor 2,2,2 cadence on                     | 0 1 2 3 4 5
                    preset sharp scale.factor 5/2,2,2                             | 0 1 2 4 5
                    preset sharp                                                  | 0 1 2 5
                    preset smooth scale.factor 2,2,2                              | 0 3 4 5
                    preset smooth scale.factor 2,1,1                              | 0 3 4
                    preset fast scale.factor 3/2,2,2                              | 0 4 5
                    operator trilinear scale.factor 2,2,2                         | 0 4 5
                    operator trilinear scale.factor 1,2,2                         | 0 5
                    operator bicubic size 50x40                                   | 0 2 4 5
                    operator nearest scale.factor 2,2,2                           | 0
                    operator nearest scale.factor 2,2,2 motion on                 | 0 3 4
                    operator conv-transpose3d scale.factor 2,2,2                  | 0 2 4 5
                    operator conv-transpose3d weights trilinear stride 2 padding 0 | 0 4 5
                    operator trilinear window.edges independent scale.factor 2,2,2 | 0 4 5
                    """)
    void everyOutput_isMadeAgainByTheLevelInItsRecord(String settings, String expected) {
        List<VideoFrame> live;
        try (TopologyFixture fixture = new TopologyFixture(settings(settings))) {
            live = live(fixture, fallingBehind());
        }
        assertThat(levels(live))
                .containsExactlyElementsOf(Arrays.stream(expected.strip().split(" "))
                        .map(Integer::valueOf)
                        .toList());
        try (TopologyFixture fixture = new TopologyFixture(Recorded.of(live), settings(settings))) {
            assertThat(live(fixture, new long[FRAMES])).isEqualTo(live);
        }
    }

    /**
     * What an open group begins with is made again at the levels that it had. One preset loses its encoder behind every
     * frame, the others behind every fifth here and behind every one in {@link
     * #groupsOfOutputs_areMadeAnewAtTheirLevelsAnywhere}.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    preset best scale.factor 2,2,2      | 5
                    preset smooth scale.factor 5/2,2,2  | 1
                    preset sharp                        | 5
                    """)
    void groupsOfOutputs_areMadeAnewAtTheirLevels(String settings, int step) {
        assertMadeAnew(settings, step);
    }

    @Tag("endurance")
    @ParameterizedTest
    @ValueSource(strings = {"preset best scale.factor 2,2,2", "preset sharp"})
    void groupsOfOutputs_areMadeAnewAtTheirLevelsAnywhere(String settings) {
        assertMadeAnew(settings, 1);
    }

    private static void assertMadeAnew(String settings, int step) {
        String grouped = settings + " frame.codec h264 output.gop 20 encoder.cache.bytes 0";
        List<VideoFrame> live;
        try (TopologyFixture fixture = new TopologyFixture(settings(grouped))) {
            live = live(fixture, fallingBehind());
        }
        assertThat(levels(live)).hasSizeGreaterThan(3);
        for (int lost = 1; lost < FRAMES; lost += step) {
            try (TopologyFixture fixture = new TopologyFixture(Recorded.of(live), settings(grouped))) {
                for (int frame = 0; frame < FRAMES; frame++) {
                    if (frame == lost) {
                        fixture.send("other", 0, 6);
                        fixture.end("other", 0, 6);
                    }
                    EncodedFrame next = TestFrames.raw("a", frame, 32, 24);
                    fixture.sendAt(frame == FRAMES / 2 ? next.afterDiscontinuity() : next, 1);
                }
                fixture.end("a", 0, FRAMES);
                assertThat(fixture.output().stream()
                                .filter(frame -> !frame.getEndOfStream()
                                        && frame.getStreamId().equals("a")))
                        .as("after %d frames", lost)
                        .isEqualTo(live);
            }
        }
    }

    /** Outputs of a level do not depend on the levels before and after them; only pictures depend on the level at all. */
    @ParameterizedTest
    @CsvSource({
        "preset best scale.factor 2,2,2",
        "preset smooth scale.factor 3/2,2,2 temporal.grid source",
        "operator conv-transpose3d scale.factor 2,2,2",
        "preset best scale.factor 2,2,2 cadence on"
    })
    void everyOutput_isThatOfAStreamThatIsAtItsLevelAllAlong(String settings) {
        List<VideoFrame> live;
        try (TopologyFixture fixture = new TopologyFixture(settings(settings))) {
            live = live(fixture, fallingBehind());
        }
        for (int level : levels(live)) {
            WindowLevels always = (_, _, _, _, _) -> LatencyHistories.at(level);
            List<VideoFrame> same;
            try (TopologyFixture fixture = new TopologyFixture(always, settings(settings))) {
                same = live(fixture, new long[FRAMES]);
            }
            assertThat(same).hasSameSizeAs(live);
            for (int i = 0; i < live.size(); i++) {
                VideoFrame output = live.get(i);
                if (output.getLevel() == level) {
                    assertThat(same.get(i)).isEqualTo(output);
                }
                VideoFrame other = VideoFrame.newBuilder(same.get(i))
                        .setLevel(output.getLevel())
                        .setPayload(output.getPayload())
                        .build();
                assertThat(other).as("all but the picture").isEqualTo(output);
            }
        }
    }

    /** Frames that refer to others are decoded in order, at every level. */
    @Test
    void interCodedFrames_areMadeAgainByTheirLevels(@TempDir Path folder) throws VideoException {
        List<EncodedFrame> frames =
                CodedClips.frames(CodedClips.make(folder, CodedClips.Kind.values()[0], FRAMES), "a");
        String[] settings = settings("preset smooth scale.factor 2,1,1");
        List<VideoFrame> live;
        try (TopologyFixture fixture = new TopologyFixture(settings)) {
            live = live(fixture, frames, fallingBehind());
        }
        assertThat(levels(live)).containsExactly(0, 3, 4);
        try (TopologyFixture fixture = new TopologyFixture(Recorded.of(live), settings)) {
            assertThat(live(fixture, frames, new long[FRAMES])).isEqualTo(live);
        }
    }

    @Test
    void withoutABudget_nothingIsDecided() {
        WindowLevels never = (_, _, _, _, _) -> {
            throw new AssertionError("expected no decision");
        };
        try (TopologyFixture fixture = new TopologyFixture(never, "preset", "best", "window.size", "3")) {
            assertThat(levels(live(fixture, fallingBehind()))).containsExactly(0);
        }
    }

    /** So another instance goes on at the same level. */
    @Test
    void theLevel_isInTheRowOfTheStream() {
        try (TopologyFixture fixture = new TopologyFixture(settings("operator trilinear scale.factor 2,2,2"))) {
            for (int frame = 0; frame < 8; frame++) {
                fixture.sendAt(TestFrames.raw("a", frame, 16, 12), TopologyFixture.START_MILLIS - 500);
            }
            LevelHistory row = new WindowStore(fixture.store(AssembleWindows.STORE))
                    .stream("a").state().levels();
            assertThat(row.level()).isEqualTo(5);
            assertThat(row.level()).isEqualTo(fixture.output().getLast().getLevel());
        }
    }

    @Test
    void aStreamThatCatchesUp_climbsBack() {
        try (TopologyFixture fixture = new TopologyFixture(settings("operator trilinear scale.factor 2,2,2"))) {
            long[] late = new long[FRAMES];
            Arrays.fill(late, 0, 8, 500);
            List<VideoFrame> output = live(fixture, late);
            assertThat(output.getLast().getLevel()).isEqualTo(5);
        }
        try (TopologyFixture fixture = new TopologyFixture(settings("operator trilinear scale.factor 2,2,2"))) {
            long now = TopologyFixture.START_MILLIS;
            List<Integer> levels = new ArrayList<>();
            for (int frame = 0; frame < 400; frame++) {
                fixture.advance(Duration.ofMillis(40));
                now += 40;
                fixture.sendAt(TestFrames.raw("a", frame, 16, 12), now - (frame < 8 ? 500 : 20));
                fixture.output().forEach(output -> levels.add(output.getLevel()));
            }
            assertThat(levels).endsWith(0);
            assertThat(levels.stream().distinct()).containsExactly(4, 5, 0);
        }
    }

    /** What leaves because nothing comes is not late: no record is. */
    @Test
    void aSilence_changesNoLevel() {
        try (TopologyFixture fixture = new TopologyFixture(settings("operator trilinear scale.factor 2,2,2"))) {
            for (int frame = 0; frame < 2; frame++) {
                fixture.sendAt(TestFrames.raw("a", frame, 16, 12), TopologyFixture.START_MILLIS);
            }
            for (int second = 0; second < 5; second++) {
                fixture.advance(Duration.ofSeconds(1));
            }
            assertThat(levels(fixture.output())).containsExactly(0);
        }
    }

    @Test
    void recordsWithoutATimestamp_tellNothing() {
        try (TopologyFixture fixture = new TopologyFixture(settings("operator trilinear scale.factor 2,2,2"))) {
            for (int frame = 0; frame < 12; frame++) {
                fixture.sendAt(TestFrames.raw("a", frame, 16, 12), 0);
            }
            assertThat(levels(fixture.output())).containsExactly(0);
        }
    }

    @Test
    void aGroupOfStreams_hasABudgetOfItsOwn() {
        try (TopologyFixture fixture = new TopologyFixture(
                "window.size",
                "1",
                "streams",
                "cams",
                "streams.cams.match",
                "cam*",
                "streams.cams.latency.budget.ms",
                "100")) {
            for (int frame = 0; frame < 6; frame++) {
                fixture.sendAt(TestFrames.raw("cam1", frame, 16, 12), TopologyFixture.START_MILLIS - 500);
                fixture.sendAt(TestFrames.raw("film", frame, 16, 12), TopologyFixture.START_MILLIS - 500);
            }
            Map<String, List<VideoFrame>> byStream =
                    fixture.output().stream().collect(Collectors.groupingBy(VideoFrame::getStreamId));
            assertThat(levels(byStream.get("cam1"))).containsExactly(4, 5);
            assertThat(levels(byStream.get("film"))).containsExactly(0);
        }
    }
}
