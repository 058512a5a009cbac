package io.kinolift.settings;

import io.kinolift.files.FileFault;
import io.kinolift.frame.Rational;
import io.kinolift.frame.Sha256;
import io.kinolift.onnx.OnnxNetwork;
import io.kinolift.upscale.convolve.Channels;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.upscale.network.NetworkUpsampling;
import io.kinolift.weights.AxisNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.ConfigException;

/**
 * From configuration to a network. Settings win over the model's metadata, and metadata over the defaults.
 *
 * @param modelHash of the file
 */
record OnnxPlan(NetworkUpsampling upsampling, String modelHash) {
    /** By hash: plans are made more than once, networks need not be. */
    private static final Map<String, OnnxNetwork> LOADED = new ConcurrentHashMap<>();

    /** @throws ConfigException naming the setting, for a file that cannot be used or values that do not go together */
    static OnnxPlan of(KinoliftConfig config) {
        byte[] model = read(config);
        String hash = Sha256.of(model);
        try {
            OnnxNetwork network = LOADED.computeIfAbsent(hash, _ -> OnnxNetwork.load(model));
            OnnxPlan plan = new OnnxPlan(upsampling(config, network), hash);
            plan.requireFactors(config);
            return plan;
        } catch (IllegalArgumentException e) {
            throw config.refused(OnnxKind.MODEL, e.getMessage());
        }
    }

    private static NetworkUpsampling upsampling(KinoliftConfig config, OnnxNetwork network) {
        Map<String, String> said = network.metadata();
        String usual = network.channels() == 3 ? "rgb" : "luma";
        Channels channels = KinoliftConfig.constant(
                text(config, OperatorSettings.CHANNELS, said, "channels", usual), Channels.class);
        boolean bgr = text(config, OnnxKind.MODEL_ORDER, said, "order", "rgb").equals("bgr");
        int[] order = channels != Channels.RGB ? new int[] {0} : bgr ? new int[] {2, 1, 0} : new int[] {0, 1, 2};
        int[] halo = halo(text(config, OnnxKind.MODEL_HALO, said, "halo", "1,16,16"));
        halo[0] = network.hasDepth() ? halo[0] : 0;
        return new NetworkUpsampling(
                network,
                channels,
                order,
                Float.parseFloat(text(config, OnnxKind.MODEL_RANGE, said, "range", "1")),
                halo,
                Integer.parseInt(text(config, OnnxKind.MODEL_MULTIPLE, said, "multiple", "1")),
                config.get(OnnxKind.MODEL_TILE),
                KinoliftConfig.constant(
                        text(config, OperatorSettings.TEMPORAL_GRID, said, "temporal_grid", "half-pixel"),
                        TemporalGrid.class));
    }

    /** Whether the network looks at one frame at a time; any factor in time is then made by blending. */
    boolean isSpatial() {
        return upsampling.network().factors()[0] == 1 && upsampling.halo()[0] == 0;
    }

    /** The model determines its factors, so the scale factor can only repeat them, or add one in time by blending. */
    Fingerprint fingerprint(KinoliftConfig config) {
        return Fingerprint.of(config)
                .resolved(modelHash, OnnxKind.MODEL, OperatorSettings.SCALE_FACTOR)
                .resolved(upsampling.channels().toString(), OperatorSettings.CHANNELS)
                .resolved(Arrays.toString(upsampling.order()), OnnxKind.MODEL_ORDER)
                .resolved(Float.toString(upsampling.white()), OnnxKind.MODEL_RANGE)
                .resolved(Arrays.toString(upsampling.halo()), OnnxKind.MODEL_HALO)
                .resolved(Integer.toString(upsampling.multiple()), OnnxKind.MODEL_MULTIPLE)
                .resolved(Integer.toString(upsampling.tile()), OnnxKind.MODEL_TILE)
                .resolved(upsampling.grid().toString(), OperatorSettings.TEMPORAL_GRID);
    }

    private void requireFactors(KinoliftConfig config) {
        if (!config.isGiven(OperatorSettings.SCALE_FACTOR)) {
            return;
        }
        int[] factors = upsampling.network().factors();
        Rational[] wanted = OperatorSettings.factors(config);
        for (int axis = isSpatial() ? 1 : 0; axis < factors.length; axis++) {
            if (!wanted[axis].equals(Rational.of(factors[axis]))) {
                throw config.refused(
                        OperatorSettings.SCALE_FACTOR,
                        "expected none, or " + AxisNumbers.text(factors) + " of the model"
                                + (isSpatial() ? " with any factor in time" : ""));
            }
        }
    }

    private static byte[] read(KinoliftConfig config) {
        try {
            return Files.readAllBytes(Path.of(config.get(OnnxKind.MODEL)));
        } catch (IOException e) {
            throw config.refused(OnnxKind.MODEL, "expected an ONNX file, found: " + FileFault.text(e));
        }
    }

    private static String text(
            KinoliftConfig config, Setting<String> setting, Map<String, String> said, String key, String usual) {
        String text = config.isGiven(setting) ? config.get(setting) : said.getOrDefault(key, usual);
        return text.toLowerCase(Locale.ROOT);
    }

    private static int[] halo(String text) {
        return AxisNumbers.parse(text)
                .filter(numbers -> numbers.length == 3)
                .orElseThrow(() -> new IllegalArgumentException("expected a halo as time,height,width, found " + text));
    }
}
