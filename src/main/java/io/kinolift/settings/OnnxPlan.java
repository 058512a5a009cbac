package io.kinolift.settings;

import io.kinolift.onnx.OnnxNetwork;
import io.kinolift.upscale.convolve.Channels;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.upscale.network.NetworkUpsampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.ConfigException;

/**
 * From configuration to a network. What no setting says, the model's metadata does, else what is usual.
 *
 * @param fingerprint every setting and the model, so that the same text means the same output
 */
record OnnxPlan(NetworkUpsampling upsampling, String fingerprint) {
    static final String OPERATOR_NAME = "onnx";
    /** Meaningless with other operators, so that a value there is a mistake. */
    private static final List<String> OWN = List.of(
            KinoliftConfig.MODEL,
            KinoliftConfig.MODEL_HALO,
            KinoliftConfig.MODEL_MULTIPLE,
            KinoliftConfig.MODEL_RANGE,
            KinoliftConfig.MODEL_ORDER,
            KinoliftConfig.MODEL_TILE);
    /** By hash: plans are made more than once, networks need not be. */
    private static final Map<String, OnnxNetwork> LOADED = new ConcurrentHashMap<>();

    static boolean isWanted(KinoliftConfig config) {
        return config.lower(KinoliftConfig.OPERATOR).equals(OPERATOR_NAME);
    }

    /** Whether a setting is for this operator alone. */
    static boolean isOwn(String setting) {
        return OWN.contains(setting);
    }

    /** @throws ConfigException if one of its settings is given to another operator */
    static void requireUnused(KinoliftConfig config) {
        for (String name : OWN) {
            if (config.isGiven(name)) {
                throw new ConfigException(
                        name,
                        config.originals().get(name),
                        "expected kinolift.operator=" + OPERATOR_NAME + " with it, found "
                                + config.getString(KinoliftConfig.OPERATOR));
            }
        }
    }

    /** @throws ConfigException naming the setting, for a file that cannot be used or values that do not go together */
    static OnnxPlan of(KinoliftConfig config) {
        String file = config.getString(KinoliftConfig.MODEL);
        byte[] model = read(file);
        String hash = hash(model);
        try {
            OnnxNetwork network = LOADED.computeIfAbsent(hash, _ -> OnnxNetwork.load(model));
            requireFactors(config, network.factors());
            NetworkUpsampling upsampling = upsampling(config, network);
            return new OnnxPlan(upsampling, fingerprint(upsampling, hash));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(KinoliftConfig.MODEL, file, e.getMessage());
        }
    }

    private static NetworkUpsampling upsampling(KinoliftConfig config, OnnxNetwork network) {
        Map<String, String> said = network.metadata();
        Channels channels = Channels.valueOf(
                text(config, KinoliftConfig.CHANNELS, said, "channels", network.channels() == 3 ? "rgb" : "luma")
                        .toUpperCase(Locale.ROOT));
        boolean bgr =
                text(config, KinoliftConfig.MODEL_ORDER, said, "order", "rgb").equals("bgr");
        int[] order = channels != Channels.RGB ? new int[] {0} : bgr ? new int[] {2, 1, 0} : new int[] {0, 1, 2};
        int[] halo = three(text(config, KinoliftConfig.MODEL_HALO, said, "halo", "1,16,16"));
        halo[0] = network.hasDepth() ? halo[0] : 0;
        return new NetworkUpsampling(
                network,
                channels,
                order,
                Float.parseFloat(text(config, KinoliftConfig.MODEL_RANGE, said, "range", "1")),
                halo,
                Integer.parseInt(text(config, KinoliftConfig.MODEL_MULTIPLE, said, "multiple", "1")),
                config.getInt(KinoliftConfig.MODEL_TILE),
                TemporalGrid.valueOf(text(config, KinoliftConfig.TEMPORAL_GRID, said, "temporal_grid", "half-pixel")
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_')));
    }

    private static String fingerprint(NetworkUpsampling plan, String modelHash) {
        return String.join(
                " ",
                OPERATOR_NAME,
                modelHash,
                plan.channels().toString(),
                Arrays.toString(plan.order()),
                Float.toString(plan.white()),
                Arrays.toString(plan.halo()),
                Integer.toString(plan.multiple()),
                Integer.toString(plan.tile()),
                plan.grid().toString());
    }

    private static void requireFactors(KinoliftConfig config, int[] factors) {
        if (!config.getString(KinoliftConfig.SIZE).isBlank()) {
            throw new ConfigException(
                    KinoliftConfig.SIZE,
                    config.getString(KinoliftConfig.SIZE),
                    "expected none with kinolift.operator=" + OPERATOR_NAME + ": the model gives the size");
        }
        if (config.getBoolean(KinoliftConfig.ALIGN_CORNERS)) {
            throw new ConfigException(
                    KinoliftConfig.ALIGN_CORNERS, true, "expected false with kinolift.operator=" + OPERATOR_NAME);
        }
        if (config.isGiven(KinoliftConfig.SCALE_FACTOR)) {
            double[] wanted = Arrays.stream(InterpolationPlan.factors(config.getString(KinoliftConfig.SCALE_FACTOR)))
                    .mapToDouble(factor -> factor.toDouble())
                    .toArray();
            if (!Arrays.equals(wanted, Arrays.stream(factors).asDoubleStream().toArray())) {
                throw new ConfigException(
                        KinoliftConfig.SCALE_FACTOR,
                        config.getString(KinoliftConfig.SCALE_FACTOR),
                        "expected none, or " + factors[0] + "," + factors[1] + "," + factors[2] + " of the model");
            }
        }
    }

    private static byte[] read(String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new ConfigException(KinoliftConfig.MODEL, file, "expected an ONNX file, found: " + e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256 in every Java", e);
        }
    }

    private static String text(
            KinoliftConfig config, String setting, Map<String, String> said, String key, String usual) {
        return config.isGiven(setting)
                ? config.lower(setting)
                : said.getOrDefault(key, usual).toLowerCase(Locale.ROOT);
    }

    private static int[] three(String text) {
        try {
            int[] numbers = Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .mapToInt(Integer::parseInt)
                    .toArray();
            if (numbers.length == 3) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            // Said below, as any other text that is not three numbers.
        }
        throw new IllegalArgumentException("expected a halo as time,height,width, found " + text);
    }
}
