package io.kinolift.upscale.cadence;

import io.kinolift.pair.PictureChange;
import io.kinolift.upscale.InputFrames;

/** Which frames repeat the picture before them, around one frame. See the package. */
final class Holds {
    /** The longest hold in frames: a picture and four repeats. */
    static final int LONGEST = 5;

    /** The largest change of a repeat. */
    static final int REST = 4 * PictureChange.STEP;

    /** How many times a repeat's change the moves beside it are, at least. */
    private static final int RATIO = 4;
    /** Of a frame that is not there. */
    private static final int NONE = -1;

    private final InputFrames inputs;
    private final long from;
    /** Of frames {@code from} and later, to the frame before each. */
    private final int[] changes;

    /**
     * Looks at the changes of frames {@code from} to {@code to}, inclusive.
     *
     * @param inputs frames {@code from - 1} to {@code to}, unless a scene begins or ends there
     */
    Holds(InputFrames inputs, long from, long to) {
        this.inputs = inputs;
        this.from = from;
        changes = new int[Math.toIntExact(to - from + 1)];
        for (int i = 0; i < changes.length; i++) {
            long frame = from + i;
            boolean begins = frame == inputs.first();
            boolean known = frame > inputs.first() && frame <= inputs.last();
            changes[i] = known ? inputs.change(frame - 1, frame) : begins ? Integer.MAX_VALUE : NONE;
        }
    }

    private int change(long frame) {
        return changes[Math.toIntExact(frame - from)];
    }

    boolean moves(long frame) {
        return change(frame) > REST;
    }

    /** The frames of the hold that begins at a frame; 1 if there is none. */
    int framesOfHold(long first) {
        return framesOfHold(first, 2);
    }

    /** Of this many frames or more. */
    private int framesOfHold(long first, int least) {
        for (int frames = least; frames <= LONGEST; frames++) {
            if (isHold(first, frames)) {
                return frames;
            }
        }
        return 1;
    }

    /** The first frame of the hold that a frame belongs to; the frame itself if there is none. */
    long firstOfHold(long frame) {
        for (int before = 1; before < LONGEST; before++) {
            if (framesOfHold(frame - before, before + 1) > 1) {
                return frame - before;
            }
        }
        return frame;
    }

    private boolean isHold(long first, int frames) {
        return rests(first, frames) && (frames > 2 || !isAlone(first) || goesOn(first));
    }

    /** Whether a picture first appears at a frame, and hardly changes until the next one appears after so many frames. */
    boolean rests(long first, int frames) {
        int most = 0;
        for (long repeat = first + 1; repeat < first + frames; repeat++) {
            if (change(repeat) == NONE || moves(repeat)) {
                return false;
            }
            most = Math.max(most, change(repeat));
        }
        long least = Math.min(change(first), change(first + frames));
        return least > REST && least >= (long) RATIO * most;
    }

    /** Whether a scene goes on at a frame, and nothing rested shortly before. */
    private boolean isAlone(long first) {
        for (int frames = 2; frames <= LONGEST; frames++) {
            for (int held = 2; held <= frames; held++) {
                if (rests(first - frames, held)) {
                    return false;
                }
            }
        }
        return first > inputs.first();
    }

    /** Whether the picture after a repeat differs from the one before, as it does unless what moves turns back. */
    private boolean goesOn(long first) {
        long least = Math.min(change(first), change(first + 2));
        return 5L * inputs.change(first - 1, first + 2) >= 4 * least;
    }
}
