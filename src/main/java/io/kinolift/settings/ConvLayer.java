package io.kinolift.settings;

import io.kinolift.files.FileFault;
import io.kinolift.frame.Rational;
import io.kinolift.tensor.Tensor;
import io.kinolift.upscale.convolve.Channels;
import io.kinolift.upscale.convolve.ConvWeights;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.weights.AxisNumbers;
import io.kinolift.weights.ConvTransposeGeometry;
import io.kinolift.weights.LayerFile;
import io.kinolift.weights.ShippedWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/**
 * Weights, and the geometry that goes with them where no setting says otherwise. Without a file they are those that
 * come with Kinolift for the scale factor and temporal grid. A file that {@code kinolift fit} wrote says its geometry;
 * any other has PyTorch's defaults.
 */
record ConvLayer(ConvWeights weights, int[] stride, int[] padding, int[] outputPadding) {
    /** In place of a file: the kernel that is trilinear upsampling, for any stride. */
    static final String TRILINEAR = "trilinear";

    private static final int USUAL_STRIDE = 2;

    /** Whether weights come from a file of the user's. */
    static boolean isFile(KinoliftConfig config) {
        return config.isGiven(ConvTransposeKind.WEIGHTS)
                && !config.get(ConvTransposeKind.WEIGHTS).equalsIgnoreCase(TRILINEAR);
    }

    /**
     * Whether the weights have no factor in time of their own although one is asked for, so that inputs have to be blended
     * before. A stride that is given decides by itself.
     */
    static boolean isSpatial(KinoliftConfig config) {
        if (TemporalStage.isAsked(config)) {
            if (config.isGiven(ConvTransposeKind.STRIDE)) {
                TemporalStage.refuse(config, "with " + ConvTransposeKind.STRIDE);
            }
            if (isFile(config) && !isSpatial(read(config))) {
                TemporalStage.refuse(config, "with weights that have an extent in time");
            }
            return true;
        }
        if (!config.isGiven(OperatorSettings.SCALE_FACTOR) || config.isGiven(ConvTransposeKind.STRIDE)) {
            return false;
        }
        Rational[] factors = OperatorSettings.factors(config);
        if (factors[0].equals(Rational.ONE)) {
            return false;
        }
        if (isFile(config)) {
            return isSpatial(read(config));
        }
        if (config.isGiven(ConvTransposeKind.WEIGHTS)) {
            return factors[0].denominator() != 1;
        }
        return !isShipped(factors, grid(config)) && isShipped(withoutTime(factors), grid(config));
    }

    private static boolean isSpatial(LayerFile file) {
        return kernel(file.weights().weight())[0] == 1
                && file.geometry().map(geometry -> geometry.stride()[0] == 1).orElse(true);
    }

    private static boolean isShipped(Rational[] factors, TemporalGrid grid) {
        return Arrays.stream(factors).allMatch(ConvLayer::isWhole)
                && ShippedWeights.find(
                                Arrays.stream(factors)
                                        .mapToInt(factor -> (int) factor.numerator())
                                        .toArray(),
                                grid == TemporalGrid.SOURCE)
                        .isPresent();
    }

    private static Rational[] withoutTime(Rational[] factors) {
        return new Rational[] {Rational.ONE, factors[1], factors[2]};
    }

    private static boolean isWhole(Rational factor) {
        return factor.denominator() == 1 && factor.numerator() == (int) factor.numerator();
    }

    /** @throws ConfigException naming the setting, if there are no such weights or they do not go with the settings */
    static ConvLayer of(KinoliftConfig config, Channels channels, int groups) {
        if (isFile(config)) {
            ConvLayer layer = ofFile(config);
            requireGrid(config, layer);
            return layer;
        }
        int count = channels == Channels.RGB ? 3 : 1;
        if (groups != 1 && groups != count) {
            throw config.refused(ConvTransposeKind.GROUPS, "expected 1 or " + count + " without a file of weights");
        }
        int[] stride = stride(config, new int[] {2, 2, 2}, null);
        return config.isGiven(ConvTransposeKind.WEIGHTS)
                ? trilinear(stride, grid(config), count, groups)
                : shipped(config, stride, count, groups);
    }

    /** The metadata of the weights' file; empty without a file. */
    static Map<String, String> metadata(KinoliftConfig config) {
        if (isFile(config)) {
            return read(config).metadata();
        }
        if (config.isGiven(ConvTransposeKind.WEIGHTS)) {
            return Map.of();
        }
        return ShippedWeights.find(stride(config, new int[] {2, 2, 2}, null), grid(config) == TemporalGrid.SOURCE)
                .map(weights -> weights.load().metadata())
                .orElse(Map.of());
    }

    private static LayerFile read(KinoliftConfig config) {
        try {
            return LayerFile.read(
                    Path.of(config.get(ConvTransposeKind.WEIGHTS)), config.get(ConvTransposeKind.WEIGHTS_PREFIX));
        } catch (IOException e) {
            throw config.refused(ConvTransposeKind.WEIGHTS, "expected a safetensors file, found: " + FileFault.text(e));
        }
    }

    private static ConvLayer trilinear(int[] stride, TemporalGrid grid, int channels, int groups) {
        int[] padding = Arrays.stream(stride).map(ConvWeights::trilinearPadding).toArray();
        int[] outputPadding = new int[3];
        if (grid == TemporalGrid.SOURCE) {
            padding[0] = stride[0] - 1;
            outputPadding[0] = stride[0] - 1;
        }
        return new ConvLayer(ConvWeights.trilinear(stride, grid, channels, groups), stride, padding, outputPadding);
    }

    private static ConvLayer shipped(KinoliftConfig config, int[] stride, int channels, int groups) {
        LayerFile layer = ShippedWeights.find(stride, grid(config) == TemporalGrid.SOURCE)
                .orElseThrow(() -> new ConfigException(
                        OperatorSettings.SCALE_FACTOR.name(),
                        AxisNumbers.text(stride),
                        "expected a factor that weights come with (" + ShippedWeights.listing() + "), or "
                                + ConvTransposeKind.WEIGHTS + " as a file that kinolift fit makes, or " + TRILINEAR))
                .load();
        ConvTransposeGeometry geometry = layer.geometry().orElseThrow();
        Tensor weight = layer.weights().weight();
        return new ConvLayer(
                ConvWeights.each(weight.data(), kernel(weight), channels, groups),
                geometry.stride(),
                geometry.padding(),
                geometry.outputPadding());
    }

    private static ConvLayer ofFile(KinoliftConfig config) {
        LayerFile file = read(config);
        Tensor weight = file.weights().weight();
        ConvWeights weights = new ConvWeights(
                weight.data(),
                weight.size(0),
                weight.size(1),
                kernel(weight),
                file.weights().bias().map(Tensor::data).orElse(new float[0]));
        int[] kernel = weights.kernel();
        if (file.geometry().isPresent()) {
            ConvTransposeGeometry geometry = file.geometry().get();
            return new ConvLayer(
                    weights, stride(config, kernel, geometry.stride()), geometry.padding(), geometry.outputPadding());
        }
        ConvLayer layer = new ConvLayer(weights, stride(config, kernel, null), new int[3], new int[3]);
        if (grid(config) == TemporalGrid.SOURCE) {
            // PyTorch's defaults would lie elsewhere in time; this is where the middle tap is on its input.
            layer.padding[0] = (kernel[0] - 1) / 2;
            layer.outputPadding[0] = layer.stride[0] - 1;
        }
        return layer;
    }

    /** Input frames pass through where the middle tap in time, and no other, is on them. */
    private static void requireGrid(KinoliftConfig config, ConvLayer layer) {
        int[] kernel = layer.weights.kernel();
        boolean source = layer.stride[0] > 1 && kernel[0] % 2 == 1 && 2 * layer.padding[0] == kernel[0] - 1;
        if (grid(config) == TemporalGrid.SOURCE && layer.stride[0] > 1 && !(source && passesThrough(layer))) {
            throw config.refused(
                    OperatorSettings.TEMPORAL_GRID,
                    "expected weights with an odd number of taps in time, where those on the middle's phase a "
                            + "stride or more from the middle are 0, found "
                            + kernel[0] + " taps, padding " + layer.padding[0]);
        }
        if (config.isGiven(OperatorSettings.TEMPORAL_GRID) && grid(config) == TemporalGrid.HALF_PIXEL && source) {
            throw config.refused(
                    OperatorSettings.TEMPORAL_GRID,
                    "expected source with these weights: input frames pass through them");
        }
    }

    private static boolean passesThrough(ConvLayer layer) {
        int[] kernel = layer.weights.kernel();
        int area = kernel[1] * kernel[2];
        float[] values = layer.weights.values();
        for (int i = 0; i < values.length; i++) {
            int away = i / area % kernel[0] - kernel[0] / 2;
            if (away != 0 && away % layer.stride[0] == 0 && values[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static TemporalGrid grid(KinoliftConfig config) {
        return config.constant(OperatorSettings.TEMPORAL_GRID, TemporalGrid.class);
    }

    private static int[] kernel(Tensor weight) {
        return new int[] {weight.size(2), weight.size(3), weight.size(4)};
    }

    /** @param written the value in the weights' file; null if there is none */
    private static int[] stride(KinoliftConfig config, int[] kernel, int[] written) {
        int[] usual = written == null
                ? Arrays.stream(kernel).map(taps -> taps > 1 ? USUAL_STRIDE : 1).toArray()
                : written;
        if (!config.isGiven(OperatorSettings.SCALE_FACTOR)) {
            return ConvTransposePlan.numbers(config, ConvTransposeKind.STRIDE, kernel, 1, usual);
        }
        int[] whole = wholeFactors(config);
        int[] stride = ConvTransposePlan.numbers(
                config, ConvTransposeKind.STRIDE, kernel, 1, written == null ? whole : written);
        if (!Arrays.equals(stride, whole)) {
            throw config.refused(
                    OperatorSettings.SCALE_FACTOR,
                    config.isGiven(ConvTransposeKind.STRIDE)
                            ? "expected the same as kinolift.stride, found " + AxisNumbers.text(stride)
                            : "expected " + AxisNumbers.text(stride) + ", which the weights are for");
        }
        return stride;
    }

    private static int[] wholeFactors(KinoliftConfig config) {
        Rational[] factors = OperatorSettings.factors(config);
        int[] whole = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            if (!isWhole(factors[axis])) {
                throw config.refused(
                        OperatorSettings.SCALE_FACTOR,
                        "expected whole numbers with kinolift.operator=" + ConvTransposeKind.NAME + ", found "
                                + factors[axis]);
            }
            whole[axis] = (int) factors[axis].numerator();
        }
        return whole;
    }
}
