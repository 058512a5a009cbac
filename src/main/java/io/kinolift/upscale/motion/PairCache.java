package io.kinolift.upscale.motion;

import io.kinolift.frame.Picture;
import io.kinolift.kernel.motion.MotionKernel;
import io.kinolift.kernel.motion.WarpKernel;
import io.kinolift.motion.BetweenPicture;
import io.kinolift.motion.MotionPair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The last few pairs and what lies between them, each made once, by the first thread that asks. */
final class PairCache {
    private static final int PAIRS = 3;
    private static final int BETWEEN = 8;

    private final MotionKernel motion;
    private final WarpKernel warp;
    private final int range;
    private final Map<PairKey, FutureTask<MotionPair>> pairs = newest(PAIRS);
    private final Map<BetweenKey, FutureTask<BetweenPicture>> between = newest(BETWEEN);

    /** Pictures are compared as objects: a picture is never written twice. */
    private record PairKey(Picture first, Picture second) {}

    private record BetweenKey(PairKey pair, int numerator, int denominator) {}

    PairCache(MotionKernel motion, WarpKernel warp, int range) {
        this.motion = motion;
        this.warp = warp;
        this.range = range;
    }

    BetweenPicture between(Picture first, Picture second, int numerator, int denominator) {
        PairKey pair = new PairKey(first, second);
        return get(
                between,
                new BetweenKey(pair, numerator, denominator),
                () -> pair(pair).at(numerator, denominator));
    }

    private MotionPair pair(PairKey key) {
        return get(pairs, key, () -> MotionPair.of(motion, warp, key.first(), key.second(), range));
    }

    private static <K, V> V get(Map<K, FutureTask<V>> cache, K key, Callable<V> maker) {
        FutureTask<V> task;
        synchronized (cache) {
            task = cache.computeIfAbsent(key, _ -> new FutureTask<>(maker));
        }
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another thread looks for motion", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("no motion was found", e.getCause());
        }
    }

    private static <K, V> Map<K, V> newest(int count) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > count;
            }
        };
    }
}
