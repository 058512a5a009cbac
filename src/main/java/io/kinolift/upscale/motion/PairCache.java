package io.kinolift.upscale.motion;

import io.kinolift.frame.Picture;
import io.kinolift.kernel.motion.MotionKernel;
import io.kinolift.kernel.motion.WarpKernel;
import io.kinolift.motion.BetweenPicture;
import io.kinolift.motion.MotionPair;
import io.kinolift.motion.MotionPicture;

/**
 * The last pictures, their pairs and what lies between them, each made once for all threads and streams. They stay until the
 * next one is made after their pictures were closed, and those of all plans together take a quarter of the heap at most.
 */
final class PairCache {
    private static final long SHARE_OF_HEAP = 4;

    // What lies between refers to a pair, and a pair to its pictures, so each keeps the others alive.
    private static final long CAPACITY = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / 3;
    private static final LatestValues<PictureKey, MotionPicture> PICTURES =
            new LatestValues<>(CAPACITY, PictureKey::isOver);
    private static final LatestValues<PairKey, MotionPair> PAIRS = new LatestValues<>(CAPACITY, PairKey::isOver);
    private static final LatestValues<BetweenKey, BetweenPicture> BETWEEN =
            new LatestValues<>(CAPACITY, BetweenKey::isOver);

    private final MotionKernel motion;
    private final WarpKernel warp;
    private final int range;

    /** Pictures are compared as objects: a picture is never written twice. */
    private record PictureKey(Picture picture, WarpKernel warp) {
        boolean isOver() {
            return picture.isClosed();
        }
    }

    private record PairKey(PictureKey first, PictureKey second, MotionKernel motion, int range) {
        boolean isOver() {
            return first.isOver() || second.isOver();
        }
    }

    private record BetweenKey(PairKey pair, int numerator, int denominator) {
        boolean isOver() {
            return pair.isOver();
        }
    }

    PairCache(MotionKernel motion, WarpKernel warp, int range) {
        this.motion = motion;
        this.warp = warp;
        this.range = range;
    }

    BetweenPicture between(Picture first, Picture second, int numerator, int denominator) {
        PairKey pair = new PairKey(new PictureKey(first, warp), new PictureKey(second, warp), motion, range);
        return BETWEEN.get(
                new BetweenKey(pair, numerator, denominator),
                bytes(first),
                () -> pair(pair).at(numerator, denominator));
    }

    private MotionPair pair(PairKey key) {
        return PAIRS.get(
                key,
                bytes(key.first().picture()),
                () -> MotionPair.of(motion, warp, picture(key.first()), picture(key.second()), range));
    }

    private MotionPicture picture(PictureKey key) {
        return PICTURES.get(key, bytes(key.picture()), () -> MotionPicture.of(key.picture(), warp));
    }

    private static long bytes(Picture picture) {
        return MotionPicture.heapBytes(picture.format(), picture.width(), picture.height());
    }
}
