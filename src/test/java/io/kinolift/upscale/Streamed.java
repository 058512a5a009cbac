package io.kinolift.upscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.window.DropPolicy;
import io.kinolift.window.FrameBuffer;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.GapPolicy;
import io.kinolift.window.GroupLimits;
import io.kinolift.window.Incident;
import io.kinolift.window.OutputGrid;
import io.kinolift.window.SourceFrame;
import io.kinolift.window.StreamAssembler;
import io.kinolift.window.StreamState;
import io.kinolift.window.WindowEdges;
import io.kinolift.window.WindowListener;
import io.kinolift.window.WindowSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One segment cut into windows, each upscaled only from the frames that it carries. */
public final class Streamed implements WindowListener {
    private final BoundOperator bound;
    private final List<Picture> frames;
    private final List<Picture> outputs = new ArrayList<>();

    private Streamed(BoundOperator bound, List<Picture> frames) {
        this.bound = bound;
        this.frames = frames;
    }

    /**
     * Upscales frames in windows.
     *
     * @param seed decides when the stream falls idle, which cuts windows early
     */
    public static List<Picture> upscale(
            Operator operator, Colour colour, List<Picture> frames, int windowSize, long seed) {
        Picture like = frames.getFirst();
        Streamed streamed = new Streamed(operator.bind(like.format(), like.width(), like.height(), colour), frames);
        StreamAssembler assembler = new StreamAssembler(
                "a",
                new WindowSettings(
                        windowSize,
                        WindowEdges.SEAMLESS,
                        0,
                        0,
                        GapPolicy.SPLIT,
                        0,
                        0,
                        Duration.ofDays(1),
                        GroupLimits.DEFAULT),
                OutputGrid.alone(operator.timeGrid()),
                "settings",
                new Buffer(),
                new StreamState(),
                streamed);
        Random random = new Random(seed);
        for (int sequence = 0; sequence < frames.size(); sequence++) {
            assembler.accept(source(sequence, like));
            if (random.nextInt(4) == 0) {
                assembler.idle();
            }
        }
        assembler.end(0, frames.size());
        return streamed.outputs;
    }

    private static SourceFrame source(long sequence, Picture like) {
        FrameFormat format = new FrameFormat(
                Codec.RAW, like.format(), like.width(), like.height(), Rational.ONE, Colour.UNSPECIFIED);
        EncodedFrame frame = new EncodedFrame(
                "a", 0, sequence, sequence, 1, Rational.of(1, 25), format, true, false, 0, new byte[0]);
        return new SourceFrame(frame, "frames", 0, sequence);
    }

    @Override
    public void window(FrameWindow window) {
        assertThat(window.outputFrom()).isEqualTo(outputs.size());
        for (long output = window.outputFrom(); output < window.outputTo(); output++) {
            Picture out = Pictures.empty(bound.outputFormat(), bound.outputWidth(), bound.outputHeight());
            bound.upscale(output, new Held(window, frames), out, Bands.ONE);
            outputs.add(out);
        }
    }

    private record Held(FrameWindow window, List<Picture> frames) implements InputFrames {
        @Override
        public long first() {
            return window.firstIndex();
        }

        @Override
        public long last() {
            return window.endIndex() - 1;
        }

        @Override
        public boolean reachesEnd() {
            return window.reachesEnd();
        }

        @Override
        public Picture at(long index) {
            assertThat(window.holds(index)).as("input %s of %s", index, window).isTrue();
            return frames.get((int) index);
        }
    }

    @Override
    public void dropped(SourceFrame frame, DropPolicy policy) {
        throw new AssertionError(policy);
    }

    @Override
    public void refused(SourceFrame frame, Refusal refusal, String detail) {
        throw new AssertionError(detail);
    }

    @Override
    public void noted(Incident incident) {
        throw new AssertionError("nothing happens to this stream, found " + incident);
    }

    @Override
    public void ended(long session, long sequence) {}

    private static final class Buffer implements FrameBuffer {
        private final Map<Long, SourceFrame> kept = new HashMap<>();

        @Override
        public void put(SourceFrame frame) {
            kept.put(frame.frame().sequence(), frame);
        }

        @Override
        public SourceFrame find(long session, long sequence) {
            return kept.get(sequence);
        }

        @Override
        public void delete(long session, long sequence) {
            kept.remove(sequence);
        }
    }
}
