package io.kinolift.upscale.cadence;

import io.kinolift.upscale.InputFrames;

/** From a place in the input to two distinct pictures and the place between them. See the package. */
final class TimeMap {
    /** Frames that may count after the one at a place or before it. */
    static final int AFTER = Holds.LONGEST;

    /** Frames that may count before the one at a place: in the last frame of a cycle, the whole cycle before it. */
    static final int BEFORE = 2 * Holds.LONGEST;

    /** The finest steps between two pictures; blends of bytes are exact up to here. */
    static final int MOST_STEPS = 240;

    private TimeMap() {}

    /**
     * A place between two pictures.
     *
     * @param earlier frame where it first appears
     * @param later frame where it first appears
     * @param numerator over denominator: the part of the way; less than 1
     */
    record Place(long earlier, long later, int numerator, int denominator) {
        private static Place on(long frame) {
            return new Place(frame, frame, 0, 1);
        }
    }

    /**
     * Looks up a place.
     *
     * @param floor the frame at the place or before it
     * @param remainder from there to the place, over {@code denominator}
     * @param inputs from {@code floor - BEFORE} to {@code floor + AFTER}, unless a scene begins or ends there
     */
    static Place at(long floor, long remainder, long denominator, InputFrames inputs) {
        if (floor < inputs.first()) {
            return Place.on(inputs.first());
        }
        if (floor >= inputs.last()) {
            return Place.on(inputs.last());
        }
        Holds holds = new Holds(inputs, floor - BEFORE + 1, floor + AFTER);
        for (Cycle cycle : Cycle.ALL) {
            for (long first = floor; first > floor - cycle.frames(); first--) {
                if (cycle.begins(first, holds)) {
                    return inCycle(cycle, first, (floor - first) * denominator + remainder, denominator);
                }
            }
        }
        long first = holds.firstOfHold(floor);
        int frames = holds.framesOfHold(first);
        return place(first, first + frames, (floor - first) * denominator + remainder, frames * denominator);
    }

    /** @param distance from the first frame, over {@code denominator} */
    private static Place inCycle(Cycle cycle, long first, long distance, long denominator) {
        long pictures = distance * cycle.pictures();
        long length = denominator * cycle.frames();
        int picture = Math.toIntExact(pictures / length);
        return place(
                first + cycle.appearance(picture), first + cycle.appearance(picture + 1), pictures % length, length);
    }

    private static Place place(long earlier, long later, long numerator, long denominator) {
        long divisor = gcd(numerator, denominator);
        if (denominator / divisor <= MOST_STEPS) {
            return new Place(earlier, later, (int) (numerator / divisor), (int) (denominator / divisor));
        }
        // Half up, but never up to the later picture, which the next place may show.
        long steps = Math.min(MOST_STEPS - 1, (2 * numerator * MOST_STEPS + denominator) / (2 * denominator));
        return new Place(earlier, later, (int) steps, MOST_STEPS);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /**
     * Whether a frame repeats the picture before it.
     *
     * @param inputs from {@code frame - BEFORE + 1} to {@code frame + AFTER - 1}, unless a scene begins or ends there
     */
    static boolean isRepeat(long frame, InputFrames inputs) {
        if (frame <= inputs.first() || frame >= inputs.last()) {
            return false;
        }
        Holds holds = new Holds(inputs, frame - BEFORE + 2, frame + AFTER - 1);
        return holds.firstOfHold(frame) < frame;
    }
}
