package io.kinolift.upscale.motion;

import io.kinolift.frame.Picture;
import io.kinolift.kernel.motion.MotionKernel;
import io.kinolift.kernel.motion.WarpKernel;
import io.kinolift.motion.BetweenPicture;
import io.kinolift.motion.MotionPair;
import io.kinolift.motion.MotionPicture;

/**
 * The last pictures, their pairs and what lies between them, each made once for all threads and streams. They are kept
 * while the pictures are, and take a quarter of the heap at most.
 */
final class PairCache {
    private static final long SHARE_OF_HEAP = 4;

    private final MotionKernel motion;
    private final WarpKernel warp;
    private final int range;
    private final LatestValues<Picture, MotionPicture> pictures;
    private final LatestValues<PairKey, MotionPair> pairs;
    private final LatestValues<BetweenKey, BetweenPicture> between;

    /** Pictures are compared as objects: a picture is never written twice. */
    private record PairKey(Picture first, Picture second) {
        boolean isOver() {
            return first.isClosed() || second.isClosed();
        }
    }

    private record BetweenKey(PairKey pair, int numerator, int denominator) {}

    PairCache(MotionKernel motion, WarpKernel warp, int range) {
        this.motion = motion;
        this.warp = warp;
        this.range = range;
        // What lies between refers to a pair, and a pair to its pictures, so each keeps the others alive.
        long capacity = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / 3;
        pictures = new LatestValues<>(capacity, Picture::isClosed);
        pairs = new LatestValues<>(capacity, PairKey::isOver);
        between = new LatestValues<>(capacity, key -> key.pair().isOver());
    }

    BetweenPicture between(Picture first, Picture second, int numerator, int denominator) {
        PairKey pair = new PairKey(first, second);
        return between.get(
                new BetweenKey(pair, numerator, denominator),
                bytes(first),
                () -> pair(pair).at(numerator, denominator));
    }

    private MotionPair pair(PairKey key) {
        return pairs.get(
                key,
                bytes(key.first()),
                () -> MotionPair.of(motion, warp, picture(key.first()), picture(key.second()), range));
    }

    private MotionPicture picture(Picture picture) {
        return pictures.get(picture, bytes(picture), () -> MotionPicture.of(picture, warp));
    }

    private static long bytes(Picture picture) {
        return MotionPicture.heapBytes(picture.format(), picture.width(), picture.height());
    }
}
