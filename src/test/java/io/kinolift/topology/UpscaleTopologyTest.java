package io.kinolift.topology;

import static io.kinolift.topology.TopologyFixture.frame;
import static io.kinolift.topology.TopologyFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.Account;
import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.avro.Totals;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.trace.Telemetry;
import io.kinolift.wire.FrameRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpscaleTopologyTest {
    private static final int FRAMES = 13;

    private static List<VideoFrame> upscaled(int frames, String... settings) {
        try (TopologyFixture fixture = new TopologyFixture(settings)) {
            fixture.send("a", 0, frames);
            fixture.end("a", 0, frames);
            return fixture.output();
        }
    }

    @Test
    void factorTwo_doublesEverythingAndEndsWithTheTotals() {
        try (TopologyFixture fixture = new TopologyFixture()) {
            fixture.send("a", 0, FRAMES);
            fixture.end("a", 0, FRAMES);
            List<VideoFrame> output = fixture.output();
            assertThat(output).hasSize(2 * FRAMES + 1);
            for (int o = 0; o < 2 * FRAMES; o++) {
                VideoFrame frame = output.get(o);
                assertThat(frame.getSequence()).isEqualTo(o);
                assertThat(frame.getPts()).isEqualTo(o * 40L);
                assertThat(frame.getDuration()).isEqualTo(40);
                assertThat(frame.getTimeBaseDenominator()).isEqualTo(2000);
                assertThat(frame.getWidth()).isEqualTo(32);
                assertThat(frame.getHeight()).isEqualTo(24);
                assertThat(frame.getCaptureTimeMicros()).isEqualTo(7);
                assertThat(frame.getDiscontinuity()).isFalse();
            }
            VideoFrame end = output.getLast();
            assertThat(end.getEndOfStream()).isTrue();
            assertThat(end.getSequence()).isEqualTo(2 * FRAMES);
            assertThat(end.getTotals())
                    .isEqualTo(new Totals((long) FRAMES, (long) FRAMES, 0L, Map.of(), 0L, 0L, 2L * FRAMES));
            List<Account> accounts = fixture.accounts();
            assertThat(accounts.getLast().getEnded()).isTrue();
            assertThat(accounts.getLast().getTotals()).isEqualTo(end.getTotals());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2,2,2", "5/2,3/2,2", "1,2,2", "3,1,1", "2/5,2,2"})
    void windowsOfAnySize_giveTheSameRecords(String factor) {
        List<VideoFrame> whole = upscaled(FRAMES, "scale.factor", factor, "window.size", "13");
        for (String grid : List.of("half-pixel", "source")) {
            List<VideoFrame> reference =
                    upscaled(FRAMES, "scale.factor", factor, "temporal.grid", grid, "window.size", "100");
            for (String size : List.of("1", "2", "3", "7", "13")) {
                assertThat(upscaled(FRAMES, "scale.factor", factor, "temporal.grid", grid, "window.size", size))
                        .as("grid %s, window %s", grid, size)
                        .isEqualTo(reference);
            }
        }
        assertThat(whole).hasSize((int) Rational.parse(factor.split(",", 2)[0]).floorOfProduct(FRAMES) + 1);
    }

    @Test
    void independentWindows_areTensorsOfTheirOwn() {
        List<VideoFrame> independent = upscaled(8, "window.size", "4", "window.edges", "independent");
        assertThat(independent).hasSize(17).isNotEqualTo(upscaled(8, "window.size", "4"));
        assertThat(independent.subList(0, 8))
                .isEqualTo(upscaled(4, "window.size", "4").subList(0, 8));
    }

    @Test
    void twoInterleavedStreams_eachComeOutAsIfAlone() {
        try (TopologyFixture fixture = new TopologyFixture("window.size", "3")) {
            for (int sequence = 0; sequence < FRAMES; sequence++) {
                fixture.send(frame("a", sequence));
                fixture.send(frame("b", 0, sequence, 33, 7));
            }
            fixture.end("a", 0, FRAMES);
            fixture.end("b", 0, FRAMES);
            List<VideoFrame> output = fixture.output();
            assertThat(output.stream().filter(frame -> frame.getStreamId().equals("a")))
                    .containsExactlyElementsOf(upscaled(FRAMES));
            assertThat(output.stream().filter(frame -> frame.getStreamId().equals("b")))
                    .hasSize(2 * FRAMES + 1);
        }
    }

    @Test
    void disorderWithinTheBoundAndDuplicates_changeNothing() {
        Random random = new Random(5);
        try (TopologyFixture fixture = new TopologyFixture("window.size", "4")) {
            List<Long> order = new ArrayList<>(List.of(2L, 0L, 1L, 1L, 5L, 4L, 3L, 0L, 7L, 6L, 9L, 8L, 12L, 11L, 10L));
            order.add(random.nextInt(13), 0L);
            order.forEach(sequence -> fixture.send(frame("a", sequence)));
            fixture.end("a", 0, FRAMES);
            List<VideoFrame> output = fixture.output();
            assertThat(output.subList(0, 2 * FRAMES)).isEqualTo(upscaled(FRAMES).subList(0, 2 * FRAMES));
            assertThat(output.getLast().getTotals().getDropped()).isEqualTo(Map.of("DUPLICATE", 3L));
            fixture.accounts();
        }
    }

    @Test
    void aGap_endsTheSegmentAndIsMarked() {
        try (TopologyFixture fixture = new TopologyFixture("reorder.frames", "2")) {
            fixture.send("a", 0, 5);
            fixture.send("a", 7, 12);
            fixture.end("a", 0, 12);
            List<VideoFrame> output = fixture.output();
            assertThat(output.subList(0, 10)).isEqualTo(upscaled(5).subList(0, 10));
            assertThat(output.get(10).getSequence()).isEqualTo(14);
            assertThat(output.get(10).getPts()).isEqualTo(7 * 80);
            assertThat(output.stream().filter(VideoFrame::getDiscontinuity))
                    .hasSize(1)
                    .containsExactly(output.get(10));
            assertThat(output).hasSize(21);
            fixture.send(frame("a", 6));
            assertThat(fixture.accounts().getLast().getTotals().getDropped()).containsKey("AFTER_END");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "5", "20"})
    void anUndecodableFrame_isADeadLetterAndABarrier(String windowSize) {
        EncodedFrame good = frame("a", 6);
        FrameFormat png = new FrameFormat(Codec.RAW, PixelFormat.YUV420P, 16, 12, Rational.ONE, Colour.UNSPECIFIED);
        try (TopologyFixture fixture = new TopologyFixture("window.size", windowSize)) {
            fixture.send("a", 0, 6);
            fixture.send(with(good, png, new byte[] {1, 2, 3}));
            fixture.send("a", 7, FRAMES);
            fixture.end("a", 0, FRAMES);
            List<VideoFrame> output = fixture.output();
            DeadLetter letter = fixture.deadLetters().getFirst();
            assertThat(letter.getReason()).isIn(DeadLetterReason.UNDECODABLE, DeadLetterReason.WRONG_FORMAT);
            assertThat(letter.getSequence()).isEqualTo(6);
            assertThat(letter.getSourceOffset()).isEqualTo(6);
            List<Long> sequences = output.stream().map(VideoFrame::getSequence).toList();
            assertThat(sequences).doesNotContain(12L, 13L).contains(11L, 14L);
            assertThat(output.stream().filter(VideoFrame::getDiscontinuity).map(VideoFrame::getSequence))
                    .containsExactly(14L);
            assertThat(output.subList(0, 11)).isEqualTo(upscaled(FRAMES).subList(0, 11));
            assertThat(output.get(11).getPayload())
                    .isEqualTo(upscaled(6).get(11).getPayload());
            Totals totals = output.getLast().getTotals();
            assertThat(totals.getDeadLettered()).isEqualTo(1);
            assertThat(totals.getUpscaled()).isEqualTo(FRAMES - 1);
            fixture.accounts();
        }
    }

    @Test
    void badRecords_areDeadLettersAndTheStreamGoesOn() {
        FrameFormat huge =
                new FrameFormat(Codec.RAW, PixelFormat.YUV420P, 60000, 60000, Rational.ONE, Colour.UNSPECIFIED);
        byte[] noise = new byte[300];
        new Random(1).nextBytes(noise);
        try (TopologyFixture fixture = new TopologyFixture()) {
            fixture.send("a", 0, 3);
            fixture.sendBytes("a", noise);
            fixture.sendBytes("a", new byte[0]);
            fixture.sendBytes("a", null);
            fixture.sendBytes("a", FrameRecords.write(frame("b", 0)));
            fixture.send(with(frame("a", 3), huge, new byte[10]));
            fixture.send(with(frame("a", 3), frame("a", 3).format(), new byte[0]));
            fixture.send("a", 3, FRAMES);
            fixture.end("a", 0, FRAMES);
            assertThat(fixture.output().subList(0, 2 * FRAMES))
                    .isEqualTo(upscaled(FRAMES).subList(0, 2 * FRAMES));
            assertThat(fixture.deadLetters())
                    .extracting(DeadLetter::getReason)
                    .containsExactly(
                            DeadLetterReason.UNPARSEABLE,
                            DeadLetterReason.UNPARSEABLE,
                            DeadLetterReason.UNPARSEABLE,
                            DeadLetterReason.INVALID_HEADER,
                            DeadLetterReason.LIMIT_EXCEEDED,
                            DeadLetterReason.INVALID_HEADER);
            assertThat(fixture.accounts().getLast().getTotals().getReceived()).isEqualTo(FRAMES + 6);
        }
    }

    @Test
    void aHigherSession_startsAnewAndALowerOneIsLate() {
        try (TopologyFixture fixture = new TopologyFixture()) {
            fixture.send("a", 0, 3);
            for (int sequence = 0; sequence < 4; sequence++) {
                fixture.send(frame("a", 1, sequence, 16, 12));
            }
            fixture.send(frame("a", 3));
            fixture.end("a", 1, 4);
            fixture.end("a", 1, 4);
            List<VideoFrame> output = fixture.output();
            assertThat(output).hasSize(6 + 8 + 1);
            assertThat(output.get(6).getSession()).isEqualTo(1);
            assertThat(output.get(6).getSequence()).isZero();
            assertThat(output.getLast().getTotals().getDropped()).isEqualTo(Map.of("OLD_SESSION", 1L));
            fixture.accounts();
        }
    }

    @Test
    void aNewSize_endsTheSegment() {
        try (TopologyFixture fixture = new TopologyFixture("window.size", "3")) {
            fixture.send("a", 0, 4);
            for (int sequence = 4; sequence < 8; sequence++) {
                fixture.send(frame("a", 0, sequence, 20, 10));
            }
            fixture.end("a", 0, 8);
            List<VideoFrame> output = fixture.output();
            assertThat(output).hasSize(17);
            assertThat(output.subList(0, 8)).isEqualTo(upscaled(4).subList(0, 8));
            assertThat(output.get(8).getWidth()).isEqualTo(40);
            assertThat(output.get(8).getSequence()).isEqualTo(8);
            fixture.accounts();
        }
    }

    @Test
    void silence_letsFinalOutputsLeaveAndChangesNoByte() {
        try (TopologyFixture fixture = new TopologyFixture("idle.timeout.ms", "100")) {
            List<VideoFrame> output = new ArrayList<>();
            for (int sequence = 0; sequence < FRAMES; sequence++) {
                fixture.send(frame("a", sequence));
                if (sequence % 3 == 1) {
                    fixture.advance(Duration.ofMillis(400));
                }
                output.addAll(fixture.output());
                if (sequence == 1) {
                    assertThat(output).hasSize(3);
                }
            }
            fixture.end("a", 0, FRAMES);
            output.addAll(fixture.output());
            assertThat(output).isEqualTo(upscaled(FRAMES));
            fixture.accounts();
        }
    }

    @Test
    void anOutputTooLargeForItsTopic_isADeadLetter() {
        try (TopologyFixture fixture = new TopologyFixture(1_500)) {
            fixture.send("a", 0, 2);
            fixture.send(frame("b", 0, 0, 8, 8));
            fixture.end("a", 0, 2);
            fixture.end("b", 0, 1);
            List<VideoFrame> output = fixture.output();
            assertThat(output.stream().filter(frame -> frame.getStreamId().equals("a")))
                    .hasSize(1);
            assertThat(output.stream().filter(frame -> frame.getStreamId().equals("b")))
                    .hasSize(3);
            assertThat(fixture.deadLetters())
                    .hasSize(2)
                    .allMatch(letter -> letter.getReason() == DeadLetterReason.OUTPUT_TOO_LARGE);
            fixture.accounts();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "20"})
    void theOutputBehindOneThatDidNotFit_isADiscontinuity(String windowSize) {
        FrameFormat grey = new FrameFormat(Codec.RAW, PixelFormat.GRAY8, 16, 12, Rational.ONE, Colour.UNSPECIFIED);
        // Noise does not compress; black does.
        byte[] noise = new byte[16 * 12];
        new Random(3).nextBytes(noise);
        try (TopologyFixture fixture = new TopologyFixture(
                1_000,
                "frame.codec",
                "png",
                "temporal.grid",
                "source",
                "window.size",
                windowSize,
                "idle.timeout.ms",
                "100")) {
            for (long sequence = 0; sequence < 8; sequence++) {
                fixture.send(with(frame("a", sequence), grey, sequence == 3 ? noise : new byte[16 * 12]));
                fixture.advance(Duration.ofSeconds(1));
            }
            fixture.end("a", 0, 8);
            List<VideoFrame> output = fixture.output();
            assertThat(output)
                    .extracting(VideoFrame::getSequence)
                    .containsExactly(0L, 1L, 2L, 3L, 4L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L);
            assertThat(output.stream().filter(VideoFrame::getDiscontinuity).map(VideoFrame::getSequence))
                    .containsExactly(8L);
            assertThat(fixture.deadLetters())
                    .extracting(DeadLetter::getSequence)
                    .containsExactly(2L, 3L);
            fixture.accounts();
        }
    }

    @Test
    void theTopology_isThis() {
        KinoliftConfig config = new KinoliftConfig(Map.of());
        assertThat(new UpscaleTopology(TopologyPlan.of(config, 1 << 20), new Telemetry<>())
                        .get()
                        .describe()
                        .toString())
                .isEqualToNormalizingNewlines("""
                Topologies:
                   Sub-topology: 0
                    Source: frames (topics: [kinolift.frames])
                      --> assemble-windows
                    Processor: assemble-windows (stores: [windows])
                      --> upscale
                      <-- frames
                    Processor: upscale (stores: [])
                      --> account
                      <-- assemble-windows
                    Processor: account (stores: [accounts])
                      --> accounts-topic, dead-letters, upscaled
                      <-- upscale
                    Sink: accounts-topic (topic: kinolift.accounts)
                      <-- account
                    Sink: dead-letters (topic: kinolift.dead-letters)
                      <-- account
                    Sink: upscaled (topic: kinolift.upscaled)
                      <-- account

                """);
    }
}
