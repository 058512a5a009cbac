package io.kinolift.fit;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.upscale.InputFrames;
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
    private final TreeMap<Long, Picture> inputs = new TreeMap<>();

    /** Which inputs an output is made of, not clamped to the clip. */
    interface Reach {
        long first(long output);

        long last(long output);
    }

    /** Takes an output, the frame that it should be, and the inputs within reach; all GRAY8. */
    interface Visitor {
        void visit(long output, Picture truth, InputFrames inputs);
    }

    private record Truth(long output, Picture picture) {}

    /** The inputs that are held; who asks for others gets the nearest, as at a clip's ends. */
    private final class Held implements InputFrames {
        @Override
        public long first() {
            return inputs.firstKey();
        }

        @Override
        public long last() {
            return inputs.lastKey();
        }

        @Override
        public Picture at(long index) {
            return inputs.get(Math.clamp(index, first(), last()));
        }
    }

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
                add(frame, next, degrader);
            }
            while (!truths.isEmpty()) {
                visit(truths.remove());
            }
        } catch (FrameCodecException e) {
            throw new VideoException(clip + ": " + e.getMessage());
        } finally {
            truths.forEach(truth -> truth.picture.close());
            inputs.values().forEach(Picture::close);
        }
    }

    /** Closes the large picture, now or when it has been visited. */
    private void add(long frame, Picture large, Degrader degrader) throws FrameCodecException {
        long output = time.outputOf(frame);
        boolean looksAt = output >= 0 && output / time.factor() % step == 0;
        try {
            if (frame % time.keptEvery() == 0) {
                inputs.put(frame / time.keptEvery(), degrader.apply(large));
            }
            if (looksAt) {
                truths.add(new Truth(output, large));
            }
        } finally {
            if (truths.isEmpty() || truths.peekLast().picture != large) {
                large.close();
            }
        }
        while (!truths.isEmpty() && reach.last(truths.peek().output) <= inputs.lastKey()) {
            visit(truths.remove());
        }
        long needed = reach.first(truths.isEmpty() ? output + 1 : truths.peek().output);
        NavigableMap<Long, Picture> past = inputs.headMap(Math.min(needed, inputs.lastKey()), false);
        past.values().forEach(Picture::close);
        past.clear();
    }

    private void visit(Truth truth) {
        try (Picture picture = truth.picture) {
            visitor.visit(truth.output, picture, new Held());
        }
    }
}
