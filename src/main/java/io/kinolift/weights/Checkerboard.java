package io.kinolift.weights;

import io.kinolift.tensor.Tensor;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * The response of a transposed convolution to a constant picture. Every output phase (the output's index modulo the
 * stride) uses its own share of the kernel's taps. If the sums of these shares differ, a flat picture becomes a
 * checkerboard and a still one pulses (Odena et al., "Deconvolution and Checkerboard Artifacts", 2016).
 *
 * <p>The constant is 1 on all input channels. The bias is the same for all phases, so it is left out. The gain of a
 * phase is the sum of its weights over kernel and input channels. A spread is the largest gain minus the smallest,
 * divided by the mean magnitude of all gains; 0 is flat. The spread over the phases of height and width is the
 * checkerboard in space. The spread over the phases of time is the pulsing. Each is averaged over the other and taken
 * for the worst output channel.
 */
public final class Checkerboard {
    /** Spread above which there is a warning: 2.5 steps of 255 on white, about where a fine pattern becomes visible. */
    public static final double THRESHOLD = 0.01;

    private final int[] kernel;
    private final ConvTransposeGeometry geometry;
    private final double[][] gains;

    private Checkerboard(Tensor weight, ConvTransposeGeometry geometry) {
        this.kernel = Arrays.copyOfRange(weight.shape(), 2, 5);
        this.geometry = geometry;
        this.gains = gains(weight, geometry);
    }

    /**
     * Measures a layer.
     *
     * @throws IllegalArgumentException if the groups do not divide the input channels
     */
    public static Checkerboard of(ConvTransposeWeights weights, ConvTransposeGeometry geometry) {
        if (weights.weight().size(0) % geometry.groups() != 0) {
            throw new IllegalArgumentException("expected groups to divide "
                    + weights.weight().size(0) + " input channels, found " + geometry.groups());
        }
        return new Checkerboard(weights.weight(), geometry);
    }

    private static double[][] gains(Tensor weight, ConvTransposeGeometry geometry) {
        int outPerGroup = weight.size(1);
        int inPerGroup = weight.size(0) / geometry.groups();
        double[][] gains = new double[outPerGroup * geometry.groups()][geometry.phases()];
        int at = 0;
        for (int in = 0; in < weight.size(0); in++) {
            for (int out = 0; out < outPerGroup; out++) {
                double[] sums = gains[in / inPerGroup * outPerGroup + out];
                for (int t = 0; t < weight.size(2); t++) {
                    for (int y = 0; y < weight.size(3); y++) {
                        for (int x = 0; x < weight.size(4); x++) {
                            sums[index(geometry, geometry.phase(0, t), geometry.phase(1, y), geometry.phase(2, x))] +=
                                    weight.data()[at++];
                        }
                    }
                }
            }
        }
        return gains;
    }

    private static int index(ConvTransposeGeometry geometry, int t, int y, int x) {
        return (t * geometry.stride()[1] + y) * geometry.stride()[2] + x;
    }

    public int outChannels() {
        return gains.length;
    }

    /** The output value of one channel and phase for an input of 1 everywhere. */
    public double gain(int outChannel, int t, int y, int x) {
        return gains[outChannel][index(geometry, t, y, x)];
    }

    /** The share of each phase of one axis (0 time, 1 height, 2 width) in an output channel's whole gain. */
    public double[] shares(int outChannel, int axis) {
        double[] shares = new double[geometry.stride()[axis]];
        double total = Arrays.stream(gains[outChannel]).sum();
        for (int i = 0; i < geometry.phases(); i++) {
            shares[phaseOf(i, axis)] += gains[outChannel][i] / total;
        }
        return shares;
    }

    private int phaseOf(int index, int axis) {
        int[] stride = geometry.stride();
        return switch (axis) {
            case 0 -> index / (stride[1] * stride[2]);
            case 1 -> index / stride[2] % stride[1];
            default -> index % stride[2];
        };
    }

    /** Checkerboard within a frame: 0 is flat. */
    public double space() {
        int frame = geometry.stride()[1] * geometry.stride()[2];
        return spread(frame, i -> i % frame);
    }

    /** Pulsing from frame to frame: 0 is steady. */
    public double time() {
        return spread(geometry.stride()[0], i -> phaseOf(i, 0));
    }

    /** The worst channel's range of the means over the phases that {@code classOf} puts together. */
    private double spread(int classes, IntUnaryOperator classOf) {
        double worst = 0;
        for (double[] channel : gains) {
            double[] means = new double[classes];
            for (int i = 0; i < channel.length; i++) {
                means[classOf.applyAsInt(i)] += channel[i] * classes / channel.length;
            }
            DoubleSummaryStatistics range = Arrays.stream(means).summaryStatistics();
            worst = Math.max(worst, range.getMax() - range.getMin());
        }
        double magnitude = Arrays.stream(gains)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .average()
                .orElseThrow();
        return magnitude == 0 ? 0 : worst / magnitude;
    }

    /** A warning for the user who loads these weights, with figures and cure, if a spread is above the threshold. */
    public Optional<String> warning() {
        if (space() <= THRESHOLD && time() <= THRESHOLD) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "on a constant picture these weights differ between output phases"
                        + " by %.1f %% in space (checkerboard) and %.1f %% in time (pulsing), above %.0f %%: %s",
                100 * space(),
                100 * time(),
                100 * THRESHOLD,
                cure()));
    }

    private String cure() {
        int[] stride = geometry.stride();
        int[] flat = new int[3];
        Arrays.setAll(flat, axis -> Math.ceilDiv(kernel[axis], stride[axis]) * stride[axis]);
        if (Arrays.equals(flat, kernel)) {
            return "scale the taps of each output phase to the same sum";
        }
        return "train a kernel that is a multiple of the stride " + Arrays.toString(stride) + ", such as "
                + Arrays.toString(flat) + " in place of " + Arrays.toString(kernel);
    }
}
