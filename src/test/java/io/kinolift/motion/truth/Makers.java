package io.kinolift.motion.truth;

import io.kinolift.frame.Picture;
import io.kinolift.kernel.Kernels;
import io.kinolift.motion.MotionMap;
import io.kinolift.motion.MotionPair;
import io.kinolift.upscale.Pictures;
import io.kinolift.upscale.motion.MotionOperator;

/** Kinolift's own makers. */
final class Makers {
    private Makers() {}

    static Maker motion(Picture first, Picture second) {
        MotionPair pair = MotionPair.of(Kernels.motion(), Kernels.warp(), first, second, MotionOperator.DEFAULT_RANGE);
        return new Maker() {
            @Override
            public Picture make(int numerator, int denominator) {
                Picture made = Pictures.empty(first.format(), first.width(), first.height());
                pair.at(numerator, denominator).write(made, 0, 0, first.height());
                return made;
            }

            @Override
            public float[] flow() {
                return samples(pair.map(0, 1), first.width(), first.height());
            }
        };
    }

    /** Each sample moves as its cell. */
    private static float[] samples(MotionMap map, int width, int height) {
        float[] flow = new float[2 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int cell = y / MotionMap.CELL * map.columns() + x / MotionMap.CELL;
                flow[2 * (y * width + x)] = (float) map.x()[cell] / MotionMap.STEPS;
                flow[2 * (y * width + x) + 1] = (float) map.y()[cell] / MotionMap.STEPS;
            }
        }
        return flow;
    }

    static Maker blend(Picture first, Picture second) {
        return new Maker() {
            @Override
            public Picture make(int numerator, int denominator) {
                return Pictures.of(first.format(), first.width(), first.height(), (p, y, x, c) -> {
                    int sum = (denominator - numerator) * Pictures.sample(first, p, y, x, c)
                            + numerator * Pictures.sample(second, p, y, x, c);
                    return (2 * sum + denominator) / (2 * denominator);
                });
            }

            @Override
            public float[] flow() {
                return null;
            }
        };
    }
}
