package io.kinolift.bench;

import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.convolve.ConvTransposeOperator;
import io.kinolift.upscale.convolve.TransposedConvolution;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.upscale.motion.MotionOperator;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The work that every contender does.
 *
 * @param name short, for tables
 * @param width luma samples per row of an input
 * @param height luma rows of an input
 */
public record Workload(String name, PixelFormat format, int width, int height, Task task) {
    /** Number of input pictures of noise; outputs are made from them again and again. */
    public static final int INPUTS = 4;

    /** The outputs of a round of an operator, as it counts them: from the second input on, so that time taps find both. */
    LongStream outputs() {
        TimeGrid grid = task.operator().timeGrid();
        boolean madeAlone = task instanceof FollowingMotion;
        // As many as two inputs give; along the motion, one for every two neighbours.
        return LongStream.range(
                        grid.outputsBefore(1), grid.outputsBefore(1 + (madeAlone ? MovingTexture.TIMES.length : 2)))
                .filter(output -> !madeAlone || grid.firstTap(output) < grid.lastTap(output));
    }

    /** The mathematics. */
    public sealed interface Task {
        Operator operator();

        /** Whether it says what every sample is, so that all contenders make the same pictures. */
        default boolean isExact() {
            return true;
        }
    }

    /** Interpolation over time, height and width. */
    public record Interpolating(Interpolation settings) implements Task {
        @Override
        public Operator operator() {
            return InterpolationOperator.of(settings);
        }
    }

    /** A frame halfway between every two inputs, along the motion. The frames made are timed alone, not copies of inputs. */
    public record FollowingMotion() implements Task {
        /** Outputs per input. */
        static final int FACTOR = 2;

        @Override
        public Operator operator() {
            return MotionOperator.of(Rational.of(FACTOR), TemporalGrid.SOURCE);
        }

        @Override
        public boolean isExact() {
            return false;
        }
    }

    /**
     * A larger picture by weights that come with Kinolift, for which each peer has a filter of its own.
     *
     * @param settings that choose the weights
     * @param factor of height and width
     */
    public record Sharpening(Map<String, String> settings, int factor) implements Task {
        @Override
        public Operator operator() {
            return Plans.operator(new KinoliftConfig(settings));
        }

        @Override
        public boolean isExact() {
            return false;
        }
    }

    /** A transposed convolution. */
    public record Convolving(TransposedConvolution settings) implements Task {
        @Override
        public Operator operator() {
            return ConvTransposeOperator.of(settings);
        }
    }
}
