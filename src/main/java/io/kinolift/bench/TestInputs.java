package io.kinolift.bench;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.frame.Plane;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Pictures to work on, the same for every contender: noise, since no kernel would be faster on other pictures; for a
 * search for motion, a {@link MovingTexture}.
 */
public final class TestInputs {
    private TestInputs() {}

    /** Pictures that follow each other, and the first follows the last; the caller closes them. */
    public static List<Picture> of(Workload workload, PictureAllocator allocator) {
        if (workload.task() instanceof Workload.FollowingMotion) {
            return MovingTexture.pictures(workload, allocator);
        }
        return IntStream.range(0, Workload.INPUTS)
                .mapToObj(
                        seed -> fill(allocator.allocate(workload.format(), workload.width(), workload.height()), seed))
                .toList();
    }

    private static Picture fill(Picture picture, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (Plane plane : picture.planes()) {
            for (int y = 0; y < plane.height(); y++) {
                for (int i = 0; i < plane.stride() / plane.sampleBytes(); i++) {
                    plane.set(i, y, random.nextInt() & picture.format().maxSample());
                }
            }
        }
        return picture;
    }
}
