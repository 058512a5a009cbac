package io.kinolift.transfer;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.pair.Pair;
import io.kinolift.video.PictureSource;
import io.kinolift.video.Ticks;
import io.kinolift.video.TimedPicture;
import java.math.BigInteger;

/**
 * The pictures of a source at one exact rate, from its first to its last. Picture k shows the source k/rate after its
 * start: the picture that is shown then, or between two their blend by time; across a scene cut, the nearer. A source
 * that has the rate already keeps its pictures and gets exact times for rounded ones. For one thread at a time.
 */
final class EvenPictures implements PictureSource {
    private final PictureSource source;
    private final Rational rate;
    private final double sceneCut;
    /** A step of the rate over a tick of the source's clock. Below, times from the start are in ticks / denominator. */
    private final Rational step;

    private final BigInteger tolerance;
    private TimedPicture before;
    private TimedPicture after;
    private Boolean cut;
    private Rational timeBase;
    private long startUnits;
    private long startTicks;
    private long count;

    /**
     * @param source stays the caller's; its first two pictures are read here
     * @param maxUnitsPerSecond of the pictures' clock; at least the rate's numerator
     */
    EvenPictures(PictureSource source, Rational rate, long maxUnitsPerSecond, double sceneCut) throws VideoException {
        this.source = source;
        this.rate = rate;
        this.sceneCut = sceneCut;
        step = rate.inverse().divide(source.timeBase());
        // Times are rounded to ticks, the first as well as this one.
        tolerance = BigInteger.valueOf(Math.min(step.denominator(), step.numerator() / 2));
        before = source.next();
        after = before == null ? null : source.next();
        startTicks = before == null ? 0 : before.pts();
        Rational start = Rational.of(startTicks).multiply(source.timeBase());
        Rational common = commonUnit(start);
        timeBase = common.denominator() <= maxUnitsPerSecond ? common : finestWholeStep(rate, maxUnitsPerSecond);
        startUnits = Ticks.nearest(startTicks, source.timeBase(), timeBase);
    }

    /** The finest unit within the limit in which a step is whole; the start is rounded to it. */
    private static Rational finestWholeStep(Rational rate, long maxUnitsPerSecond) {
        return Rational.of(1, rate.numerator() * Math.max(1, maxUnitsPerSecond / rate.numerator()));
    }

    /** The coarsest in which both the start and a step are whole. */
    private Rational commonUnit(Rational start) {
        BigInteger a = BigInteger.valueOf(start.denominator());
        BigInteger b = BigInteger.valueOf(rate.numerator());
        return Rational.of(1, a.multiply(b).divide(a.gcd(b)).longValueExact());
    }

    @Override
    public TimedPicture next() throws VideoException {
        BigInteger place = BigInteger.valueOf(count).multiply(BigInteger.valueOf(step.numerator()));
        while (after != null && fromStart(after.pts()).compareTo(place.add(tolerance)) <= 0) {
            before.close();
            before = after;
            after = source.next();
            cut = null;
        }
        if (before == null || (after == null && isBehindTheEnd(place))) {
            return null;
        }
        double part = after == null ? 0 : part(place);
        long units = rate.inverse().divide(timeBase).floorOfProduct(1);
        TimedPicture nearer = part > 0.5 ? after : before;
        return new TimedPicture(
                picture(part), startUnits + count++ * units, units, true, nearer.sampleAspectRatio(), nearer.colour());
    }

    private BigInteger fromStart(long pts) {
        return BigInteger.valueOf(pts)
                .subtract(BigInteger.valueOf(startTicks))
                .multiply(BigInteger.valueOf(step.denominator()));
    }

    /** The last picture is shown for its duration, to the nearest step, and at least once. */
    private boolean isBehindTheEnd(BigInteger place) {
        BigInteger start = fromStart(before.pts());
        BigInteger end = fromStart(before.pts() + before.duration());
        BigInteger half = BigInteger.valueOf(step.numerator() / 2);
        return place.compareTo(start.add(tolerance)) > 0 && place.add(half).compareTo(end) >= 0;
    }

    /** How far the place lies on the way from one picture to the next, 0 to 1. */
    private double part(BigInteger place) {
        BigInteger start = fromStart(before.pts());
        BigInteger passed = place.subtract(start);
        if (passed.compareTo(tolerance) <= 0) {
            return 0;
        }
        double part =
                passed.doubleValue() / fromStart(after.pts()).subtract(start).doubleValue();
        return isBlendable() ? part : Math.round(part);
    }

    private boolean isBlendable() {
        Picture a = before.picture();
        Picture b = after.picture();
        if (a.format() != b.format() || a.width() != b.width() || a.height() != b.height()) {
            return false;
        }
        if (cut == null) {
            cut = Pair.of(a, b).isCut(sceneCut);
        }
        return !cut;
    }

    private Picture picture(double part) {
        Picture nearer = part > 0.5 ? after.picture() : before.picture();
        Picture out = new AvPictures().allocate(nearer.format(), nearer.width(), nearer.height());
        if (part == 0 || part == 1) {
            PictureBlend.copy(nearer, out);
        } else {
            PictureBlend.blend(before.picture(), after.picture(), part, out);
        }
        return out;
    }

    @Override
    public Rational timeBase() {
        return timeBase;
    }

    @Override
    public long promisedFrames() {
        return 0;
    }

    @Override
    public void close() {
        if (before != null) {
            before.close();
        }
        if (after != null) {
            after.close();
        }
    }
}
