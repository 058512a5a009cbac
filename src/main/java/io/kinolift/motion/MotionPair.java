package io.kinolift.motion;

import io.kinolift.frame.Picture;
import io.kinolift.kernel.motion.LumaLevel;
import io.kinolift.kernel.motion.MotionKernel;
import io.kinolift.kernel.motion.WarpKernel;

/**
 * Two neighbouring pictures and the motion between them, both ways. A pure function of the two; whole numbers, or float32
 * and float64 in one order, so that it is the same on every CPU.
 */
public final class MotionPair {
    /** Levels down to the picture that tells how brightness changes. */
    private static final int SMALL = 2;

    private final MotionKernel kernel;
    private final WarpKernel warp;
    private final MotionPicture first;
    private final MotionPicture second;
    private final BrightnessChange change;
    private final LumaLevel levelled;
    private final MotionField fieldOfFirst;
    private final MotionField fieldOfSecond;

    private MotionPair(MotionKernel kernel, WarpKernel warp, MotionPicture first, MotionPicture second, int range) {
        this.kernel = kernel;
        this.warp = warp;
        this.first = first;
        this.second = second;
        int small = Math.min(SMALL, first.luma().size() - 1);
        change = BrightnessChange.between(first.luma().get(small), second.luma().get(small));
        var levels = second.luma().stream().map(change::levelled).toList();
        levelled = levels.getFirst();
        MotionSearch search = new MotionSearch(kernel, range, change.still());
        fieldOfFirst = search.find(first.luma(), levels, 0);
        fieldOfSecond = search.find(first.luma(), levels, 1);
    }

    /**
     * Finds the motion between two pictures of one format and size, which may be closed afterwards.
     *
     * @param range samples that anything may move from picture to picture on each axis
     */
    public static MotionPair of(MotionKernel kernel, WarpKernel warp, Picture first, Picture second, int range) {
        return of(kernel, warp, MotionPicture.of(first, warp), MotionPicture.of(second, warp), range);
    }

    /** The same of pictures that are made ready: each of them serves its pairs on both sides. */
    public static MotionPair of(
            MotionKernel kernel, WarpKernel warp, MotionPicture first, MotionPicture second, int range) {
        return new MotionPair(kernel, warp, first, second, range);
    }

    /** What is needed to make the picture at numerator / denominator of the way from the first to the second. */
    public BetweenPicture at(int numerator, int denominator) {
        BetweenField between = field(numerator, denominator);
        StillDetail detail = StillDetail.of(kernel, first.luma().getFirst(), levelled, between);
        return new BetweenPicture(warp, first, second, between, detail, change.shift(), numerator, denominator);
    }

    /** The motion that {@link #at} follows, to be looked at. */
    public MotionMap map(int numerator, int denominator) {
        return MotionMap.of(field(numerator, denominator), change.table() != null);
    }

    private BetweenField field(int numerator, int denominator) {
        LumaLevel luma = first.luma().getFirst();
        BlockSearch search =
                new BlockSearch(kernel, luma, levelled, numerator, denominator, change.still(), BetweenField.PRICE, 0);
        return new BetweenField(search, luma, fieldOfFirst, fieldOfSecond, numerator, denominator);
    }
}
