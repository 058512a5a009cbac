package io.kinolift.fit;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.VideoException;
import io.kinolift.frame.Picture;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A clip thinned out in time and shrunk in space: the inputs of an operator, and the frames that its outputs should be.
 * Holds as many pictures as the operator reaches, whatever the clip's length.
 */
final class ThinnedClip {
    private final TimeScale time;
    private final int step;
    private final Reach reach;
    private final Visitor visitor;
    private final Deque<Truth> truths = new ArrayDeque<>();
    private final TreeMap<Long, Samples> inputs = new TreeMap<>();

    /** Which inputs an output is made of, not clamped to the clip. */
    interface Reach {
        long first(long output);

        long last(long output);
    }

    /** Takes an output, the frame that it should be, and the inputs within reach, by index. */
    interface Visitor {
        void visit(long output, Samples truth, NavigableMap<Long, Samples> inputs);
    }

    private record Truth(long output, Samples picture) {}

    /** @param step of every {@code step} inputs, the outputs that belong to one are visited */
    ThinnedClip(TimeScale time, int step, Reach reach, Visitor visitor) {
        this.time = time;
        this.step = step;
        this.reach = reach;
        this.visitor = visitor;
    }

    /** @throws VideoException if the clip cannot be read */
    void read(Path clip, Degradation degradation) throws VideoException {
        try (LumaReader reader = LumaReader.open(clip, degradation.factor());
                Degrader degrader = new Degrader(degradation, reader.width(), reader.height())) {
            long frame = 0;
            for (Picture next = reader.next(); next != null; next = reader.next(), frame++) {
                try (Picture large = next) {
                    add(frame, large, degrader);
                }
            }
            while (!truths.isEmpty()) {
                visit(truths.remove());
            }
        } catch (FrameCodecException e) {
            throw new VideoException(clip + ": " + e.getMessage());
        }
    }

    private void add(long frame, Picture large, Degrader degrader) throws FrameCodecException {
        if (frame % time.keptEvery() == 0) {
            try (Picture small = degrader.apply(large)) {
                inputs.put(frame / time.keptEvery(), Samples.of(small.plane(0)));
            }
        }
        long output = time.outputOf(frame);
        if (output >= 0 && output / time.factor() % step == 0) {
            truths.add(new Truth(output, Samples.of(large.plane(0))));
        }
        while (!truths.isEmpty() && reach.last(truths.peek().output) <= inputs.lastKey()) {
            visit(truths.remove());
        }
        long needed = reach.first(truths.isEmpty() ? output + 1 : truths.peek().output);
        inputs.headMap(Math.min(needed, inputs.lastKey())).clear();
    }

    private void visit(Truth truth) {
        visitor.visit(truth.output, truth.picture, inputs);
    }

    /** The input, or the clip's first or last where there is none: edges are repeated. */
    static Samples clamped(NavigableMap<Long, Samples> inputs, long input) {
        return inputs.get(Math.clamp(input, inputs.firstKey(), inputs.lastKey()));
    }
}
