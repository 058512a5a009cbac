package io.kinolift.fit;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.ffmpeg.VideoException;
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
final class ThinnedClip implements AutoCloseable {
    private final Path clip;
    private final LumaReader reader;
    private final Degrader degrader;
    private final TimeScale time;
    private final int step;
    private final Reach reach;
    private final Deque<Output> outputs = new ArrayDeque<>();
    private final TreeMap<Long, Picture> inputs = new TreeMap<>();
    private long framesRead;
    private boolean ended;

    /** The inputs that an output is made of, not clamped to the clip. */
    interface Reach {
        long first(long output);

        long last(long output);
    }

    /** @param truth the frame that the output should be, GRAY8, which the taker closes */
    record Output(long index, Picture truth) {}

    /** The inputs that are held. A request for another one gives the nearest, as at a clip's ends. */
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

    private ThinnedClip(Path clip, LumaReader reader, Degrader degrader, TimeScale time, int step, Reach reach) {
        this.clip = clip;
        this.reader = reader;
        this.degrader = degrader;
        this.time = time;
        this.step = step;
        this.reach = reach;
    }

    /**
     * @param step gives the outputs of every {@code step}-th input
     * @throws VideoException if the clip cannot be read
     */
    static ThinnedClip open(Path clip, Degradation degradation, TimeScale time, int step, Reach reach)
            throws VideoException {
        LumaReader reader = LumaReader.open(clip, degradation.factor());
        try {
            Degrader degrader = new Degrader(degradation, reader.width(), reader.height());
            return new ThinnedClip(clip, reader, degrader, time, step, reach);
        } catch (FrameCodecException e) {
            reader.close();
            throw new VideoException(clip + ": " + e.getMessage());
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Of the frames in the footage. */
    int width() {
        return reader.width();
    }

    int height() {
        return reader.height();
    }

    long framesRead() {
        return framesRead;
    }

    /** The inputs of the last output, GRAY8; valid until the next output is asked for. */
    InputFrames inputs() {
        return new Held();
    }

    /**
     * The next output; null at the end.
     *
     * @throws VideoException if the clip cannot be read
     */
    Output next() throws VideoException {
        try {
            while (!ended && (outputs.isEmpty() || reach.last(outputs.peek().index) > inputs.lastKey())) {
                readFrame();
            }
        } catch (FrameCodecException e) {
            throw new VideoException(clip + ": " + e.getMessage());
        }
        if (!outputs.isEmpty()) {
            forgetBefore(reach.first(outputs.peek().index));
        }
        return outputs.poll();
    }

    private void readFrame() throws VideoException, FrameCodecException {
        Picture large = reader.next();
        if (large == null) {
            ended = true;
            return;
        }
        long frame = framesRead++;
        long output = time.outputOf(frame);
        try {
            if (frame % time.keptEvery() == 0) {
                inputs.put(frame / time.keptEvery(), degrader.apply(large));
            }
            if (output >= 0 && output / time.factor() % step == 0) {
                outputs.add(new Output(output, large));
            }
        } finally {
            if (outputs.isEmpty() || outputs.peekLast().truth != large) {
                large.close();
            }
        }
        if (outputs.isEmpty()) {
            forgetBefore(reach.first(output + 1));
        }
    }

    private void forgetBefore(long needed) {
        NavigableMap<Long, Picture> past = inputs.headMap(Math.min(needed, inputs.lastKey()), false);
        past.values().forEach(Picture::close);
        past.clear();
    }

    @Override
    public void close() {
        outputs.forEach(output -> output.truth.close());
        inputs.values().forEach(Picture::close);
        degrader.close();
        reader.close();
    }
}
