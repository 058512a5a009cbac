package io.kinolift.topology;

import static io.kinolift.topology.TopologyFixture.frame;
import static io.kinolift.topology.TopologyFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.VideoFrame;
import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.engine.CodecPool;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.property.Inputs;
import io.kinolift.property.Property;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.Operator;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The output of the topology equals the operator applied once to the whole segment, for any cut into windows. */
class OneShotTest {
    private static final List<String> FACTORS = List.of("2,2,2", "3,1,2", "5/2,3/2,2", "1,2,2", "2/5,1,1", "1.15,1,1");

    /** Sequences at which a new shot begins, above 0. */
    private final Set<Long> shots = new HashSet<>();

    @Test
    void everyOutput_isTheOperatorAppliedOnce() {
        Property.holds(50, this::assertAppliedOnce);
    }

    private void assertAppliedOnce(Inputs inputs) throws Exception {
        Random random = inputs.random();
        int frames = 1 + random.nextInt(20);
        Set<Long> undecodable = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            undecodable.add((long) random.nextInt(frames));
        }
        shots.clear();
        for (int i = random.nextInt(4); i > 0; i--) {
            shots.add((long) random.nextInt(frames));
        }
        boolean cutting = random.nextBoolean();
        String[] settings = {
            "scene.cut",
            cutting ? "0.4" : "off",
            "scale.factor",
            FACTORS.get(random.nextInt(FACTORS.size())),
            "temporal.grid",
            random.nextBoolean() ? "half-pixel" : "source",
            "operator",
            random.nextInt(3) == 0 ? "nearest" : "trilinear",
            "window.size",
            Integer.toString(1 + random.nextInt(22)),
            "idle.timeout.ms",
            "100",
            "parallelism",
            random.nextBoolean() ? "stream" : "window"
        };
        List<VideoFrame> found = stream(random, frames, undecodable, settings);

        Map<String, String> config = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            config.put("kinolift." + settings[i], settings[i + 1]);
        }
        Operator operator = Plans.operator(new KinoliftConfig(config));
        List<Expected> expected = once(operator, frames, undecodable, cutting ? shots : Set.of());
        assertThat(found).hasSize(expected.size() + 1);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(Expected.of(found.get(i))).isEqualTo(expected.get(i));
        }
    }

    private List<VideoFrame> stream(Random random, int frames, Set<Long> undecodable, String[] settings) {
        try (TopologyFixture fixture = new TopologyFixture(settings)) {
            for (long sequence = 0; sequence < frames; sequence++) {
                EncodedFrame good = input(sequence);
                fixture.send(undecodable.contains(sequence) ? with(good, good.format(), new byte[] {9}) : good);
                if (random.nextInt(4) == 0) {
                    fixture.advance(Duration.ofSeconds(1));
                }
            }
            fixture.end("a", 0, frames);
            fixture.accounts();
            return fixture.output();
        }
    }

    /** Odd sizes, so that chroma rounds up; frames last differently long; pictures of a shot are alike. */
    private EncodedFrame input(long sequence) {
        long shot = shots.stream().filter(first -> first <= sequence).count();
        EncodedFrame frame = frame("shot", shot, shot, 19, 11);
        byte[] payload = frame.payloadBytes();
        Random grain = new Random(sequence);
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) Math.clamp(Byte.toUnsignedInt(payload[i]) + grain.nextInt(9) - 4, 0, 255);
        }
        return new EncodedFrame(
                "a",
                0,
                sequence,
                pts(sequence),
                pts(sequence + 1) - pts(sequence),
                frame.timeBase(),
                frame.format(),
                true,
                false,
                0,
                payload);
    }

    private static long pts(long sequence) {
        return 1000 + 40 * sequence + 7 * (sequence % 3);
    }

    private record Expected(long sequence, Rational seconds, boolean discontinuity, ByteBuffer payload) {
        static Expected of(VideoFrame frame) {
            Rational unit = Rational.of(frame.getTimeBaseNumerator(), frame.getTimeBaseDenominator());
            return new Expected(
                    frame.getSequence(),
                    unit.multiply(Rational.of(frame.getPts())),
                    frame.getDiscontinuity(),
                    frame.getPayload());
        }
    }

    private List<Expected> once(Operator operator, int frames, Set<Long> undecodable, Set<Long> cuts) throws Exception {
        EncodedFrame first = input(0);
        TimeGrid grid = operator.timeGrid();
        BoundOperator bound = operator.bind(
                first.format().pixelFormat(),
                first.format().width(),
                first.format().height());
        List<Picture> pictures = decode(frames);
        List<Expected> expected = new ArrayList<>();
        boolean hole = false;
        for (long o = 0; o < grid.outputCount(frames); o++) {
            long shown = Math.clamp(grid.nearestInput(o), 0, frames - 1);
            if (undecodable.contains(shown)) {
                hole = true;
                continue;
            }
            try (Picture out =
                    new AvPictures().allocate(bound.outputFormat(), bound.outputWidth(), bound.outputHeight())) {
                bound.upscale(o, between(pictures, shown, undecodable, cuts), out, Bands.ONE);
                expected.add(new Expected(o, start(grid, o), hole, ByteBuffer.wrap(TestPictures.samples(out))));
            }
            hole = false;
        }
        pictures.forEach(Picture::close);
        return expected;
    }

    private List<Picture> decode(int frames) throws FrameCodecException {
        List<Picture> pictures = new ArrayList<>();
        for (long sequence = 0; sequence < frames; sequence++) {
            EncodedFrame frame = input(sequence);
            try (CodecPool codecs = new CodecPool(DecoderLimits.DEFAULT)) {
                pictures.add(codecs.decode(frame.format(), frame.payload()));
            }
        }
        return pictures;
    }

    /** The inputs around one that no undecodable frame and no cut parts from it. */
    private static InputFrames between(List<Picture> pictures, long shown, Set<Long> undecodable, Set<Long> cuts) {
        long first = shown;
        long last = shown;
        while (first > 0 && !undecodable.contains(first - 1) && !cuts.contains(first)) {
            first--;
        }
        while (last < pictures.size() - 1 && !undecodable.contains(last + 1) && !cuts.contains(last + 1)) {
            last++;
        }
        return new Span(first, last, pictures);
    }

    private record Span(long first, long last, List<Picture> pictures) implements InputFrames {
        @Override
        public Picture at(long index) {
            return pictures.get(Math.toIntExact(index));
        }
    }

    /** The input time at index o/s, in seconds. */
    private static Rational start(TimeGrid grid, long output) {
        Rational index = Rational.of(output).divide(grid.factor());
        long before = index.floorOfProduct(1);
        Rational part = Rational.of(index.numerator() - before * index.denominator(), index.denominator());
        Rational step = Rational.of(pts(before + 1) - pts(before));
        Rational offset = part.multiply(step);
        return Rational.of(pts(before) * offset.denominator() + offset.numerator(), offset.denominator() * 1000);
    }
}
