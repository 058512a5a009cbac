package io.kinolift.upscale.motion;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.motion.MotionKernel;
import io.kinolift.kernel.motion.WarpKernel;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Pictures;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.List;

/** Pictures of a smooth texture under a known motion. */
public final class Scenes {
    private Scenes() {}

    /** What is at a place at a time; times 0 and 1 are the inputs. */
    interface Scene {
        double at(double x, double y, double time);
    }

    /** Waves of several directions and lengths: 40 to 210, no two places alike. */
    public static double texture(double x, double y) {
        return 125
                + 25 * Math.sin(0.31 * x + 0.07 * y)
                + 25 * Math.sin(0.11 * x - 0.23 * y + 1)
                + 20 * Math.sin(0.047 * x + 0.053 * y + 2)
                + 15 * Math.sin(0.6 * x * 0.3 + 0.41 * y + 3 * Math.sin(0.021 * x));
    }

    /** In every plane the same, on its own half-pixel grid. */
    static Picture draw(PixelFormat format, int width, int height, double time, Scene scene) {
        int unit = format.scaleFrom8Bit();
        return Pictures.of(format, width, height, (p, y, x, c) -> {
            double scaleX = (double) width / format.planeWidth(p, width);
            double scaleY = (double) height / format.planeHeight(p, height);
            double sample = scene.at((x + 0.5) * scaleX - 0.5, (y + 0.5) * scaleY - 0.5, time) * unit;
            return (int) Math.clamp(Math.rint(sample), 0, format.maxSample());
        });
    }

    /** The picture halfway, by the operator. */
    static Picture between(Picture first, Picture second) {
        return between(
                MotionOperator.of(Rational.of(2), TemporalGrid.SOURCE)
                        .bind(first.format(), first.width(), first.height()),
                first,
                second);
    }

    static Picture between(MotionKernel motion, WarpKernel warp, Picture first, Picture second) {
        return between(
                new MotionOperator(Rational.of(2), TemporalGrid.SOURCE, MotionOperator.DEFAULT_RANGE, motion, warp)
                        .bind(first.format(), first.width(), first.height()),
                first,
                second);
    }

    private static Picture between(BoundOperator bound, Picture first, Picture second) {
        return Pictures.upscale(bound, List.of(first, second), 1);
    }

    static Picture blend(Picture first, Picture second) {
        return Pictures.of(first.format(), first.width(), first.height(), (p, y, x, c) -> {
            return (Pictures.sample(first, p, y, x, c) + Pictures.sample(second, p, y, x, c) + 1) >> 1;
        });
    }

    /** In dB, of a plane's samples at least {@code rim} from its edges. */
    static double psnr(Picture expected, Picture found, int plane, int rim) {
        Plane a = expected.plane(plane);
        Plane b = found.plane(plane);
        double sum = 0;
        int count = 0;
        for (int y = rim; y < a.height() - rim; y++) {
            for (int i = rim * a.components(); i < (a.width() - rim) * a.components(); i++) {
                double difference = a.sample(i, y) - b.sample(i, y);
                sum += difference * difference;
                count++;
            }
        }
        double peak = expected.format().maxSample();
        return sum == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(peak * peak * count / sum);
    }
}
