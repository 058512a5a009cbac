package io.kinolift.bench;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.frame.Plane;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Pictures to work on: noise, the same for every contender. No kernel here would be faster on other pictures. */
public final class TestInputs {
    private TestInputs() {}

    /** {@link Workload#INPUTS} pictures; the caller closes them. */
    public static List<Picture> of(Workload workload, PictureAllocator allocator) {
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
