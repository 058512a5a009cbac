package io.kinolift.video;

import io.kinolift.frame.Rational;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One clock for all streams of a container. It begins with the earliest of them: recordings of broadcasts and cameras
 * count from any number. It goes on where the container's own jumps, because files were joined or 33 bits were full.
 *
 * <p>A run is what lies between two jumps. Each stream finds its jumps itself, since the last packets of one may come
 * after the first of another's next run; the runs have one shift for all streams, so that these keep their distances.
 */
final class SourceClock {
    /** Decoding times that are out of order by less are a flaw of a few packets. */
    private static final long BACKWARD_MICROS = 100_000;
    /** In formats whose clocks may jump; FFmpeg's program has the same limit. */
    private static final long FORWARD_MICROS = 10_000_000;

    private final boolean jumpsForward;
    private final long start;
    private final Rational startUnit;
    private final Map<Integer, Stream> streams = new HashMap<>();
    /** Microseconds to add in each run. */
    private final List<Long> shifts = new ArrayList<>(List.of(0L));

    private long end = Long.MIN_VALUE;

    private static final class Stream {
        private int run;
        private int jumps;
        private long last = PictureClock.UNKNOWN;
    }

    /**
     * @param jumpsForward whether a leap ahead is a jump, rather than a pause
     * @param start of the earliest stream, in units of {@code startUnit} seconds
     */
    SourceClock(boolean jumpsForward, long start, Rational startUnit) {
        this.jumpsForward = jumpsForward;
        this.start = start;
        this.startUnit = startUnit;
    }

    /**
     * What to add to a packet's times.
     *
     * @param time at which it is decoded, in the stream's unit; {@link PictureClock#UNKNOWN} keeps the last shift
     * @param wrap the time at which the container counts from 0 again; 0 for never
     */
    long shift(int index, long time, long duration, Rational unit, long wrap) {
        Stream stream = streams.computeIfAbsent(index, _ -> new Stream());
        if (time != PictureClock.UNKNOWN) {
            follow(
                    stream,
                    Ticks.nearest(time, unit, Rational.MICROSECOND),
                    Ticks.nearest(wrap, unit, Rational.MICROSECOND));
            end = Math.max(
                    end, stream.last + shifts.get(stream.run) + Ticks.nearest(duration, unit, Rational.MICROSECOND));
        }
        return Ticks.nearest(shifts.get(stream.run), Rational.MICROSECOND, unit) + startShift(unit);
    }

    /** What to add to a time before the first jump. */
    long startShift(Rational unit) {
        return -Ticks.nearest(start, startUnit, unit);
    }

    /**
     * What to add to the times of a stream with long pauses, such as subtitles: jumps are not seen in it, so it follows
     * the others. It is in the run that brings it nearest to them.
     */
    long sparseShift(long time, Rational unit) {
        long best = shifts.getFirst();
        if (time != PictureClock.UNKNOWN && end != Long.MIN_VALUE) {
            long micros = Ticks.nearest(time, unit, Rational.MICROSECOND);
            for (long shift : shifts) {
                best = Math.abs(micros + shift - end) < Math.abs(micros + best - end) ? shift : best;
            }
        }
        return Ticks.nearest(best, Rational.MICROSECOND, unit) + startShift(unit);
    }

    private void follow(Stream stream, long micros, long wrap) {
        if (stream.last == PictureClock.UNKNOWN && wrap > 0 && micros < startMicros() - wrap / 2) {
            // The clock was full between the start of the earliest stream and that of this one.
            stream.run = 1;
            if (shifts.size() == 1) {
                shifts.add(wrap);
            }
        }
        boolean jumps = stream.last != PictureClock.UNKNOWN
                && (micros < stream.last - BACKWARD_MICROS || (jumpsForward && micros > stream.last + FORWARD_MICROS));
        if (jumps) {
            stream.run++;
            boolean wraps = wrap > 0 && Math.abs(micros + wrap - stream.last) < FORWARD_MICROS;
            stream.jumps += wraps ? 0 : 1;
            if (stream.run == shifts.size()) {
                shifts.add(wraps ? shifts.getLast() + wrap : end - micros);
            }
        }
        stream.last = micros;
    }

    private long startMicros() {
        return Ticks.nearest(start, startUnit, Rational.MICROSECOND);
    }

    /** As {@link #jumps}, of one stream; a clock that was full has not jumped. */
    int jumpsOf(int index) {
        return streams.containsKey(index) ? streams.get(index).jumps : 0;
    }

    int jumps() {
        return shifts.size() - 1;
    }
}
