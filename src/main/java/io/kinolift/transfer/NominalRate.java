package io.kinolift.transfer;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Rational;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Frames per second from the times of a stream's first frames. The rate is exact if they are equally far apart. A
 * coarse clock (33, 33 and 34 of Matroska's milliseconds) leaves it open within two ticks. Then the usual rate in this
 * range is taken, and a whole number is preferred to 1000/1001 of one.
 */
final class NominalRate {
    /** First frames to use. Rounded times come in groups as long as the factor in time, so two are not enough. */
    static final int FRAMES = 9;

    private static final Rational UNKNOWN = Rational.of(25);
    private static final int CLOCK_TICKS = 2;

    private NominalRate() {}

    /** @param first at least one, in order; the duration of a single one is taken */
    static Rational of(List<EncodedFrame> first) {
        EncodedFrame start = first.getFirst();
        long[] times = first.stream()
                .filter(frame -> frame.timeBase().equals(start.timeBase()))
                .mapToLong(EncodedFrame::pts)
                .toArray();
        long[] distances = IntStream.range(1, times.length)
                .mapToLong(i -> times[i] - times[i - 1])
                .filter(ticks -> ticks > 0)
                .toArray();
        if (distances.length == 0) {
            return start.duration() > 0 ? perSecond(1, start.duration(), start.timeBase()) : UNKNOWN;
        }
        return of(distances, start.timeBase());
    }

    private static Rational of(long[] distances, Rational timeBase) {
        Arrays.sort(distances);
        long median = distances[distances.length / 2];
        // Distances over a hole do not count.
        long[] steady = Arrays.stream(distances)
                .filter(ticks -> ticks - median <= median / 2)
                .toArray();
        long span = Arrays.stream(steady).sum();
        Rational measured = perSecond(steady.length, span, timeBase);
        if (steady[0] == steady[steady.length - 1]) {
            return measured;
        }
        double fps = measured.toDouble();
        double tolerance = fps * CLOCK_TICKS / span;
        Rational whole = Rational.of(usual(fps));
        Rational broadcast = Rational.of(1000 * usual(fps * 1.001), 1001);
        return isNear(whole, fps, tolerance) ? whole : isNear(broadcast, fps, tolerance) ? broadcast : measured;
    }

    /** Of film, of both kinds of television, and multiples; cameras are slower at any whole number. */
    private static long usual(double fps) {
        if (Math.round(fps) <= 30) {
            return Math.max(1, Math.round(fps));
        }
        return LongStream.of(24, 25, 30)
                .map(rate -> rate * Math.round(fps / rate))
                .boxed()
                .min(Comparator.comparingDouble(rate -> Math.abs(rate - fps)))
                .orElseThrow();
    }

    private static boolean isNear(Rational rate, double fps, double tolerance) {
        return Math.abs(rate.toDouble() - fps) <= tolerance;
    }

    private static Rational perSecond(long frames, long ticks, Rational timeBase) {
        return Rational.of(frames, ticks).divide(timeBase);
    }
}
