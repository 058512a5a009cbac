package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Every setting of ours: name, type, default, bounds and meaning. The README's table is printed from here. */
public final class KinoliftConfig extends AbstractConfig {
    public static final String PREFIX = "kinolift.";
    public static final String OPERATOR = "kinolift.operator";
    public static final String SCALE_FACTOR = "kinolift.scale.factor";
    public static final String SIZE = "kinolift.size";
    public static final String ALIGN_CORNERS = "kinolift.align.corners";
    public static final String TEMPORAL_GRID = "kinolift.temporal.grid";
    public static final String WEIGHTS = "kinolift.weights";
    public static final String WEIGHTS_PREFIX = "kinolift.weights.prefix";
    public static final String STRIDE = "kinolift.stride";
    public static final String PADDING = "kinolift.padding";
    public static final String OUTPUT_PADDING = "kinolift.output.padding";
    public static final String DILATION = "kinolift.dilation";
    public static final String GROUPS = "kinolift.groups";
    public static final String BORDER = "kinolift.border";
    public static final String OVERSHOOT = "kinolift.overshoot";
    public static final String CHANNELS = "kinolift.channels";
    public static final String MODEL = "kinolift.model";
    public static final String MODEL_HALO = "kinolift.model.halo";
    public static final String MODEL_MULTIPLE = "kinolift.model.multiple";
    public static final String MODEL_RANGE = "kinolift.model.range";
    public static final String MODEL_ORDER = "kinolift.model.order";
    public static final String MODEL_TILE = "kinolift.model.tile";
    public static final String STREAMS = "kinolift.streams";
    public static final String WINDOW_SIZE = "kinolift.window.size";
    public static final String WINDOW_EDGES = "kinolift.window.edges";
    public static final String WINDOW_TIMEOUT = "kinolift.window.timeout.ms";
    public static final String IDLE_TIMEOUT = "kinolift.idle.timeout.ms";
    public static final String STREAM_END_TIMEOUT = "kinolift.stream.end.timeout.ms";
    public static final String STREAM_RETENTION = "kinolift.stream.retention.ms";
    public static final String REORDER_FRAMES = "kinolift.reorder.frames";
    public static final String REORDER_BYTES = "kinolift.reorder.bytes";
    public static final String GAP = "kinolift.gap";
    public static final String GAP_FRAMES = "kinolift.gap.frames";
    public static final String SCENE_CUT = "kinolift.scene.cut";
    public static final String MAX_STREAMS = "kinolift.max.streams";
    public static final String FRAME_CODEC = "kinolift.frame.codec";
    public static final String QUALITY = "kinolift.quality";
    public static final String QUALITY_FLOOR = "kinolift.quality.floor";
    public static final String REPRODUCIBLE = "kinolift.jpeg.reproducible";
    public static final String THREADS = "kinolift.threads";
    public static final String MAX_FRAME_PIXELS = "kinolift.max.frame.pixels";
    public static final String MAX_OUTPUT_PIXELS = "kinolift.max.output.pixels";
    public static final String MAX_FRAME_BYTES = "kinolift.max.frame.bytes";
    public static final String PICTURE_CACHE_BYTES = "kinolift.picture.cache.bytes";
    public static final String NATIVE_MEMORY = "kinolift.native.memory.bytes";
    public static final String START_CHECK = "kinolift.start.check";
    public static final String THREAD_RESTARTS = "kinolift.thread.restarts";
    public static final String STOP_TIMEOUT = "kinolift.stop.timeout.ms";
    public static final String JOURNAL_DIR = "kinolift.journal.dir";
    public static final String HTTP_HOST = "kinolift.http.host";
    public static final String HTTP_PORT = "kinolift.http.port";
    public static final String HTTP_TOKEN = "kinolift.http.token";
    public static final String STUCK_TIMEOUT = "kinolift.stuck.timeout.ms";
    public static final String METRICS_STREAMS = "kinolift.metrics.max.streams";
    public static final String LIVE_STREAMS = "kinolift.live.max.streams";
    public static final String LOG_FORMAT = "kinolift.log.format";
    public static final String REGISTRY_URL = "kinolift.registry.url";
    public static final String REGISTRY_USER = "kinolift.registry.user";
    public static final String REGISTRY_PASSWORD = "kinolift.registry.password";
    public static final String REGISTRY_CA = "kinolift.registry.ca.file";
    public static final String REGISTRY_TIMEOUT = "kinolift.registry.timeout.ms";
    public static final String TRACING_URL = "kinolift.tracing.url";
    public static final String TRACING_HEADERS = "kinolift.tracing.headers";
    public static final String TRACING_CA = "kinolift.tracing.ca.file";
    public static final String TRACING_RATIO = "kinolift.tracing.ratio";
    public static final String FRAMES_TOPIC = "kinolift.frames.topic";
    public static final String UPSCALED_TOPIC = "kinolift.upscaled.topic";
    public static final String DEAD_LETTERS_TOPIC = "kinolift.dead.letters.topic";
    public static final String ACCOUNTS_TOPIC = "kinolift.accounts.topic";

    public static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    OPERATOR,
                    STRING,
                    "trilinear",
                    CaseInsensitiveValidString.in(
                            "trilinear",
                            "bilinear",
                            "bicubic",
                            "nearest",
                            ConvTransposePlan.OPERATOR_NAME,
                            OnnxPlan.OPERATOR_NAME),
                    HIGH,
                    "How windows become output frames. trilinear and nearest interpolate in time and "
                            + "space. bilinear and bicubic are spatial filters, with linear blending in time. "
                            + "conv-transpose3d is a transposed convolution with any kernel. onnx is a network from "
                            + "a file.")
            .define(
                    SCALE_FACTOR,
                    STRING,
                    "2,2,2",
                    HIGH,
                    "Output size divided by input size, as time,height,width. Each factor is an exact "
                            + "number such as 2, 5/2 or 1.15.")
            .define(
                    SIZE,
                    STRING,
                    "",
                    HIGH,
                    "Output size as WIDTHxHEIGHT. It replaces the last two scale factors. Empty: the scale "
                            + "factors apply.")
            .define(
                    ALIGN_CORNERS,
                    BOOLEAN,
                    false,
                    LOW,
                    "Whether the corner samples of input and output coincide, as in PyTorch. In time this "
                            + "needs kinolift.window.edges=independent.")
            .define(
                    TEMPORAL_GRID,
                    STRING,
                    "half-pixel",
                    CaseInsensitiveValidString.in("half-pixel", "source"),
                    MEDIUM,
                    "Position of output o in time, with s the factor in time. half-pixel: at input (o + "
                            + "0.5)/s - 0.5. source: at input o/s, so input frames pass through unchanged.")
            .define(
                    WEIGHTS,
                    STRING,
                    "",
                    HIGH,
                    "Weights of conv-transpose3d. They may be a safetensors file with the weight and bias "
                            + "of an nn.ConvTranspose1d (time only), 2d (height and width) or 3d. adaptive: the "
                            + "weights for factor 1,2,2 that depend on the detail around each sample. trilinear: the "
                            + "kernel of trilinear upsampling. Empty: the fitted weights that come with Kinolift for "
                            + "the scale factor. The settings from here down to kinolift.channels are for "
                            + "conv-transpose3d too.")
            .define(WEIGHTS_PREFIX, STRING, "", MEDIUM, "Name of the layer in the weights file, such as decoder.up.")
            .define(
                    STRIDE,
                    STRING,
                    "",
                    HIGH,
                    "Output size divided by input size, as time,height,width in whole numbers. A single "
                            + "number applies to every axis that the kernel spans. Empty: the scale factor if it is "
                            + "set, else the stride of the fitted weights, else 2.")
            .define(
                    PADDING,
                    STRING,
                    "",
                    MEDIUM,
                    "Output samples cut off at both ends, as time,height,width or one number. Empty: the "
                            + "padding of the fitted weights, else 0 as in PyTorch.")
            .define(
                    OUTPUT_PADDING,
                    STRING,
                    "",
                    LOW,
                    "Output samples added at the far ends, as time,height,width or one number. It must be "
                            + "less than the stride or the dilation. Empty: the output padding of the fitted "
                            + "weights, else 0 as in PyTorch.")
            .define(
                    DILATION,
                    STRING,
                    "",
                    LOW,
                    "Distance between the kernel's taps, as time,height,width or one number. Empty: 1.")
            .define(
                    GROUPS,
                    INT,
                    1,
                    between(1, 3),
                    LOW,
                    "Number of groups of channels that are convolved independently: 1 or 3.")
            .define(
                    BORDER,
                    STRING,
                    "edge",
                    CaseInsensitiveValidString.in("edge", "zeros"),
                    MEDIUM,
                    "Samples outside a segment and its pictures. edge: the nearest sample. zeros: zeros as "
                            + "in PyTorch, which darken the rim.")
            .define(
                    OVERSHOOT,
                    STRING,
                    "",
                    MEDIUM,
                    "Limit for ringing, from 0 to 1. Luma may leave the range of the 3x3 input samples "
                            + "around it, in the frames around it, by this share of that range, and at thin lines by "
                            + "a little more. off: no limit (with kinolift.border=zeros this is PyTorch's result). "
                            + "Empty: with kinolift.channels=luma the limit of the fitted weights, else off.")
            .define(
                    CHANNELS,
                    STRING,
                    "luma",
                    CaseInsensitiveValidString.in("luma", "planes", "rgb"),
                    HIGH,
                    "The channels of the weights or the network. luma: luma only, and chroma is "
                            + "interpolated. planes: every plane by itself. rgb: red, green and blue.")
            .define(
                    MODEL,
                    STRING,
                    "",
                    HIGH,
                    "ONNX file of a network, for onnx. The network has one input, [N,C,H,W] or "
                            + "[N,C,D,H,W], and fixed whole factors. The settings below, down to "
                            + "kinolift.model.order, come from the file's metadata if they are empty.")
            .define(
                    MODEL_HALO,
                    STRING,
                    "",
                    MEDIUM,
                    "Distance up to which an output depends on inputs around its own, as "
                            + "time,height,width. If the value is large enough, windows and tiles leave no trace. "
                            + "Empty: halo in the metadata, else 1,16,16.")
            .define(
                    MODEL_MULTIPLE,
                    STRING,
                    "",
                    LOW,
                    "Height and width of the network's input must be multiples of this number. Empty: "
                            + "multiple in the metadata, else 1.")
            .define(
                    MODEL_RANGE,
                    STRING,
                    "",
                    LOW,
                    "The network's number for sample 255 (for sample 1020 of 10-bit video). Empty: range "
                            + "in the metadata, else 1.")
            .define(
                    MODEL_ORDER,
                    STRING,
                    "",
                    CaseInsensitiveValidString.in("", "rgb", "bgr"),
                    LOW,
                    "Order of three channels. Empty: order in the metadata, else rgb.")
            .define(
                    MODEL_TILE,
                    INT,
                    256,
                    between(1, 4096),
                    LOW,
                    "Input rows and columns that the network processes at once. Larger tiles waste less "
                            + "work on their halo and take more memory.")
            .define(
                    STREAMS,
                    STRING,
                    "",
                    MEDIUM,
                    "Names of groups of streams with settings of their own, such as doors,archive. The "
                            + "documentation of the settings (src/doc/settings.md) has an example.")
            .define(
                    WINDOW_SIZE,
                    INT,
                    8,
                    between(1, 100_000),
                    MEDIUM,
                    "Core frames per window. Larger windows use cores better; 1 has the least latency. The "
                            + "result does not depend on it.")
            .define(
                    WINDOW_EDGES,
                    STRING,
                    "seamless",
                    CaseInsensitiveValidString.in("seamless", "independent"),
                    LOW,
                    "Frames that an operator sees beyond its window. seamless: the frames of the "
                            + "neighbouring windows. independent: none, each window is a tensor of its own.")
            .define(
                    WINDOW_TIMEOUT,
                    LONG,
                    60_000L,
                    atLeast(1),
                    LOW,
                    "Longest time for one task of a window. After it the stream thread stops with an error.")
            .define(
                    IDLE_TIMEOUT,
                    LONG,
                    500L,
                    atLeast(2),
                    MEDIUM,
                    "Time without a frame of a stream after which outputs that are already final leave an "
                            + "open window.")
            .define(
                    STREAM_END_TIMEOUT,
                    LONG,
                    0L,
                    atLeast(0),
                    LOW,
                    "Time without a record of a stream after which the stream is ended, as if its producer "
                            + "had ended it. Broker outages and backlogs also count as silence, so choose a time "
                            + "longer than both. Later frames are dropped (AFTER_END) until frame 0 or a higher "
                            + "session begins. This is the only setting that lets a clock change the output. 0 waits "
                            + "for ever.")
            .define(
                    STREAM_RETENTION,
                    LONG,
                    86_400_000L,
                    atLeast(0),
                    LOW,
                    "How long an ended stream is remembered, so that late frames are recognised.")
            .define(
                    REORDER_FRAMES,
                    INT,
                    16,
                    between(0, 10_000),
                    MEDIUM,
                    "Most frames of a stream that may wait for an earlier one before it is declared " + "missing.")
            .define(
                    REORDER_BYTES,
                    LONG,
                    67_108_864L,
                    atLeast(0),
                    LOW,
                    "Most payload bytes of a stream that may wait for an earlier frame before it is "
                            + "declared missing.")
            .define(
                    GAP,
                    STRING,
                    "split",
                    CaseInsensitiveValidString.in("split", "hold", "bridge"),
                    MEDIUM,
                    "Treatment of missing frames. split ends the segment before the gap. hold repeats the "
                            + "frame before the gap. bridge blends the frames on both sides by their distance in "
                            + "time.")
            .define(
                    GAP_FRAMES,
                    INT,
                    50,
                    between(0, 10_000),
                    LOW,
                    "Longest gap, in frames, that hold and bridge fill. A longer gap splits the segment. "
                            + "So does a gap whose two sides together have more than kinolift.max.frame.bytes.")
            .define(
                    SCENE_CUT,
                    STRING,
                    "0.4",
                    KinoliftConfig::requireSceneCut,
                    MEDIUM,
                    "Least difference between two neighbouring pictures of different shots, which are "
                            + "never blended: from 0 (alike) to 1 (unrelated) and beyond. off: no scene cuts. Not "
                            + "used if a window is a tensor whose corners are aligned in time.")
            .define(
                    FRAME_CODEC,
                    STRING,
                    "jpeg",
                    CaseInsensitiveValidString.in("jpeg", "png", "raw", "ffv1"),
                    HIGH,
                    "Codec of output frames. png, raw and ffv1 are lossless. Only raw and ffv1 can hold 10 " + "bits.")
            .define(
                    QUALITY,
                    INT,
                    2,
                    between(1, 31),
                    MEDIUM,
                    "FFmpeg's qscale of JPEG frames: 1 is best, 31 is smallest.")
            .define(
                    QUALITY_FLOOR,
                    INT,
                    16,
                    between(1, 31),
                    LOW,
                    "Largest qscale for an output frame that is too large for its topic. The frame is "
                            + "encoded again at twice the qscale, repeatedly up to this value. If it still does not "
                            + "fit, its input frame becomes a dead letter. A value up to kinolift.quality allows no "
                            + "second attempt.")
            .define(
                    REPRODUCIBLE,
                    BOOLEAN,
                    false,
                    LOW,
                    "Whether JPEG bytes must be the same on CPUs with different vector extensions. It "
                            + "costs up to twice the time.")
            .define(
                    THREADS,
                    INT,
                    0,
                    between(0, 1024),
                    MEDIUM,
                    "Threads per task that decode, upscale and encode. 0 takes one per core.")
            .define(
                    MAX_FRAME_PIXELS,
                    LONG,
                    35_389_440L,
                    atLeast(1),
                    MEDIUM,
                    "Largest input picture in pixels; the default is 8192x4320. A larger one becomes a "
                            + "dead letter.")
            .define(
                    MAX_OUTPUT_PIXELS,
                    LONG,
                    141_557_760L,
                    atLeast(1),
                    MEDIUM,
                    "Largest output picture in pixels. A frame with a larger output becomes a dead letter.")
            .define(
                    MAX_FRAME_BYTES,
                    INT,
                    33_554_432,
                    between(1, 1 << 30),
                    MEDIUM,
                    "Largest payload of an input frame in bytes. A frame with a larger one becomes a dead " + "letter.")
            .define(
                    MAX_STREAMS,
                    INT,
                    1000,
                    between(1, 1_000_000),
                    MEDIUM,
                    "Most streams of one partition that are open or remembered. Records of further streams "
                            + "become dead letters.")
            .define(
                    PICTURE_CACHE_BYTES,
                    LONG,
                    268_435_456L,
                    atLeast(0),
                    LOW,
                    "Native memory per task for decoded pictures that are kept from one window to the next.")
            .define(
                    NATIVE_MEMORY,
                    LONG,
                    2_147_483_648L,
                    atLeast(1),
                    MEDIUM,
                    "Native memory per stream thread for pictures: half for the pictures of one window, "
                            + "half for outputs that are being made. A frame whose window or output would not fit "
                            + "becomes a dead letter.")
            .define(
                    START_CHECK,
                    STRING,
                    "refuse",
                    CaseInsensitiveValidString.in("refuse", "warn", "off"),
                    LOW,
                    "Reaction at start if sizes, memory, speed and time limits do not fit together and "
                            + "cannot be corrected. refuse: do not start. warn: log a warning. off: do not check.")
            .define(
                    THREAD_RESTARTS,
                    INT,
                    3,
                    between(0, 1000),
                    LOW,
                    "How often a failed stream thread is started again within ten minutes before the "
                            + "application stops.")
            .define(
                    STOP_TIMEOUT,
                    LONG,
                    30_000L,
                    atLeast(1),
                    LOW,
                    "Longest time for stopping. Unfinished work is left to the next start.")
            .define(
                    JOURNAL_DIR,
                    STRING,
                    "",
                    LOW,
                    "Folder for the journal of frames that are being decoded. Each instance needs its own. "
                            + "Empty: the name of the state folder with -journal.")
            .define(
                    HTTP_HOST,
                    STRING,
                    "127.0.0.1",
                    MEDIUM,
                    "Address for metrics, health and the live page. The page shows pictures, so consider "
                            + "who can reach it.")
            .define(
                    HTTP_PORT,
                    INT,
                    0,
                    between(-1, 65_535),
                    MEDIUM,
                    "Port for metrics, health and the live page. 0 takes any free port and logs it; -1 "
                            + "turns them off.")
            .define(
                    HTTP_TOKEN,
                    PASSWORD,
                    "",
                    MEDIUM,
                    "Token that allows its owner to replay dead letters from the live page. Empty: the "
                            + "page only shows them.")
            .define(
                    STUCK_TIMEOUT,
                    LONG,
                    60_000L,
                    atLeast(1),
                    MEDIUM,
                    "How long records may wait without any being read before the instance reports that it "
                            + "is not ready.")
            .define(
                    METRICS_STREAMS,
                    INT,
                    100,
                    between(0, 100_000),
                    LOW,
                    "Most streams with metrics of their own. All further streams are summed under the "
                            + "label other.")
            .define(
                    LIVE_STREAMS,
                    INT,
                    4,
                    between(0, 1000),
                    LOW,
                    "Most streams whose pictures are kept for the live page at one time, with two pairs " + "each.")
            .define(
                    LOG_FORMAT,
                    STRING,
                    "text",
                    CaseInsensitiveValidString.in("text", "json"),
                    LOW,
                    "Format of the log. text: lines for people. json: one JSON object per line.")
            .define(
                    REGISTRY_URL,
                    STRING,
                    "",
                    MEDIUM,
                    "URL of a schema registry with Confluent's API, such as "
                            + "http://registry:8080/apis/ccompat/v7. Output is then written in Confluent's layout. "
                            + "Empty: Avro single-object encoding.")
            .define(REGISTRY_USER, STRING, "", LOW, "User name for the registry (basic authentication). Empty: none.")
            .define(REGISTRY_PASSWORD, PASSWORD, "", LOW, "Password for the registry (basic authentication).")
            .define(
                    REGISTRY_CA,
                    STRING,
                    "",
                    LOW,
                    "PEM file with the certificates to trust for an https registry. Empty: those of the " + "JVM.")
            .define(
                    REGISTRY_TIMEOUT,
                    LONG,
                    30_000L,
                    atLeast(1),
                    LOW,
                    "How long the registry may be unavailable before the start, or reading an unknown "
                            + "schema, fails.")
            .define(
                    TRACING_URL,
                    STRING,
                    "",
                    LOW,
                    "URL of a collector that takes OpenTelemetry spans (OTLP over HTTP), such as "
                            + "http://collector:4318. Every output record then has a traceparent header. Empty: no "
                            + "tracing.")
            .define(
                    TRACING_HEADERS,
                    PASSWORD,
                    "",
                    LOW,
                    "Headers that the collector needs, such as a login: name=value, separated by commas.")
            .define(
                    TRACING_CA,
                    STRING,
                    "",
                    LOW,
                    "PEM file with the certificates to trust for an https collector. Empty: those of the " + "JVM.")
            .define(
                    TRACING_RATIO,
                    DOUBLE,
                    0.01,
                    between(0, 1),
                    LOW,
                    "Share of frames that are traced. It applies to input records without a traceparent "
                            + "header; otherwise the header decides.")
            .define(FRAMES_TOPIC, STRING, "kinolift.frames", LOW, "Input topic.")
            .define(UPSCALED_TOPIC, STRING, "kinolift.upscaled", LOW, "Output topic.")
            .define(
                    DEAD_LETTERS_TOPIC,
                    STRING,
                    "kinolift.dead-letters",
                    LOW,
                    "Topic for records that could not be used.")
            .define(
                    ACCOUNTS_TOPIC,
                    STRING,
                    "kinolift.accounts",
                    LOW,
                    "Compacted topic that says what became of every frame.");

    /** @throws org.apache.kafka.common.config.ConfigException naming the setting, for a value out of bounds */
    public KinoliftConfig(Map<String, ?> settings) {
        super(DEFINITION, settings, false);
    }

    /** The threshold above which two pictures belong to different shots; infinite for off. */
    double sceneCut() {
        String value = lower(SCENE_CUT);
        return value.equals("off") ? Double.POSITIVE_INFINITY : Double.parseDouble(value);
    }

    private static void requireSceneCut(String name, Object value) {
        String text = String.valueOf(value);
        try {
            if (text.equalsIgnoreCase("off") || Double.parseDouble(text) >= 0) {
                return;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is negative or none.
        }
        throw new ConfigException(name, value, "expected off or a threshold of at least 0");
    }

    /** The value in lower case, as the closed sets above are written. */
    public String lower(String name) {
        return getString(name).toLowerCase(Locale.ROOT);
    }

    /** Whether somebody gave the setting a value, be it the default. */
    boolean isGiven(String name) {
        Object value = originals().get(name);
        return value != null && !value.toString().isBlank();
    }

    /** The settings as a Markdown table. */
    public static String markdownTable() {
        return DEFINITION.configKeys().values().stream()
                .map(key -> "| `" + key.name + "` | `" + (defaultText(key).isEmpty() ? " " : defaultText(key)) + "` | "
                        + key.documentation + " |")
                .collect(Collectors.joining("\n", "| setting | default | meaning |\n|---|---|---|\n", "\n"));
    }

    private static String defaultText(ConfigDef.ConfigKey key) {
        return key.defaultValue instanceof Password password ? password.value() : key.defaultValue.toString();
    }
}
