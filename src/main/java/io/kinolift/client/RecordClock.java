package io.kinolift.client;

/**
 * The times of recorded frames, in microseconds. In this order, the first that there is:
 *
 * <ol>
 *   <li>the time that {@code setTimestamp} or {@code setFrameNumber} has set for the frame,
 *   <li>{@code Frame.timestamp}, unless no frame so far had one other than 0,
 *   <li>one frame of the frame rate after the last frame, if a rate is set,
 *   <li>as much after the last frame as has passed since it was recorded.
 * </ol>
 *
 * <p>Times that go back mean that the source was started again. From then on all times are later by one constant, so
 * that the frame follows the last one after its display time, and the frame is marked as a discontinuity. A time equal
 * to the last one becomes the next microsecond.
 */
final class RecordClock {
    /** The bound that records have. */
    static final long MAX_MICROS = 1L << 60;

    private static final double MICROS = 1e6;
    private static final long USUAL_STEP = 40_000;

    private boolean begun;
    private boolean sourceHasTimes;
    private long last;
    private long lastNanos;
    private long step = USUAL_STEP;
    private long shift;
    /** The time from which frames without one are counted, and how many have been. */
    private long anchor;

    private long counted;

    /**
     * The time of a frame.
     *
     * @param restarted whether its own time was before that of the last frame
     */
    record Time(long micros, boolean restarted) {}

    /**
     * The time of the next frame.
     *
     * @param set by the user for this frame; null if it was not
     * @param own the frame's own timestamp
     * @param frameRate frames per second; 0 if not known
     * @param nowNanos of a clock that only goes forward
     * @throws IllegalArgumentException if the time is out of all bounds
     */
    Time next(Long set, long own, double frameRate, long nowNanos) {
        sourceHasTimes |= own != 0;
        Time time;
        if (set != null) {
            time = given(set, frameRate);
        } else if (sourceHasTimes || !begun) {
            time = given(own, frameRate);
        } else {
            time = new Time(Math.max(last + 1, made(frameRate, nowNanos)), false);
        }
        if (begun && time.micros() - last > 1) {
            step = time.micros() - last;
        }
        begun = true;
        last = time.micros();
        lastNanos = nowNanos;
        return time;
    }

    private Time given(long micros, double frameRate) {
        // Not by Math.abs: FFmpeg's mark for no time is Long.MIN_VALUE, and so is its absolute value.
        if (micros < -MAX_MICROS || micros > MAX_MICROS) {
            throw new IllegalArgumentException(
                    "expected a timestamp within +-" + MAX_MICROS + " microseconds, found " + micros);
        }
        long shifted = micros + shift;
        boolean restarted = begun && shifted < last;
        if (restarted) {
            shift += last + (frameRate > 0 ? Math.round(MICROS / frameRate) : step) - shifted;
            shifted = micros + shift;
        } else if (begun && shifted == last) {
            shifted++;
        }
        anchor = shifted;
        counted = 0;
        return new Time(shifted, restarted);
    }

    private long made(double frameRate, long nowNanos) {
        if (frameRate > 0) {
            counted++;
            return anchor + Math.round(counted * MICROS / frameRate);
        }
        return last + (nowNanos - lastNanos) / 1000;
    }

    /** The time of the last frame. */
    long last() {
        return last;
    }
}
