package io.kinolift.transfer;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import io.kinolift.video.EvenTimes;
import io.kinolift.video.Source;
import io.kinolift.video.VideoInfo;
import io.kinolift.wire.FrameRecords;

/**
 * How a file comes to an output rate. A constant rate is multiplied by the topology. A variable one has no factor: its
 * pictures are blended onto the wanted rate before they are sent, and the topology keeps it.
 *
 * @param inputRate at which pictures are sent
 * @param factor of time in the topology
 */
record TimePlan(Rational inputRate, Rational factor) {
    /** Times of output records are whole in a unit of 1 over the product; beyond, clients' arithmetic gets tight. */
    private static final long MAX_TERM = 1L << 31;

    private static final long FINE_UNITS_PER_SECOND = 1_000_000_000;

    /** The finest clock of sent pictures whose records, and those of outputs, can hold their times. */
    long maxUnitsPerSecond() {
        return Math.min(FINE_UNITS_PER_SECOND, FrameRecords.MAX_TIME_BASE_TERM / factor.numerator());
    }

    /**
     * Reads the times of a source, if it can be read more than once; else the rate that it states is taken.
     *
     * @throws VideoException if it cannot be read
     */
    static TimePlan of(Source source, boolean repeatable, VideoInfo info, Rational wantedRate) throws VideoException {
        return of(repeatable ? EvenTimes.rate(source, info) : info.frameRate(), wantedRate);
    }

    /** @param evenRate of the input; ZERO where it varies */
    static TimePlan of(Rational evenRate, Rational wantedRate) {
        if (!evenRate.isPositive()) {
            return new TimePlan(wantedRate, Rational.ONE);
        }
        Rational factor = wantedRate.divide(evenRate);
        boolean fits = factor.numerator() < MAX_TERM / evenRate.numerator();
        return fits ? new TimePlan(evenRate, factor) : new TimePlan(wantedRate, Rational.ONE);
    }
}
