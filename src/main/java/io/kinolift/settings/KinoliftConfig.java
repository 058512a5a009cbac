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
                    "What turns windows into output frames. bilinear and bicubic are the spatial filters, with linear "
                            + "blending in time; conv-transpose3d is a transposed convolution of any kernel, onnx a "
                            + "network from a file.")
            .define(
                    SCALE_FACTOR,
                    STRING,
                    "2,2,2",
                    HIGH,
                    "Output over input as time,height,width; each an exact number such as 2, 5/2 or 1.15.")
            .define(
                    SIZE,
                    STRING,
                    "",
                    HIGH,
                    "Output size as WIDTHxHEIGHT; replaces the last two scale factors. Empty: by factor.")
            .define(
                    ALIGN_CORNERS,
                    BOOLEAN,
                    false,
                    LOW,
                    "Whether corner samples of input and output coincide, as in PyTorch; in time only with "
                            + "kinolift.window.edges=independent.")
            .define(
                    TEMPORAL_GRID,
                    STRING,
                    "half-pixel",
                    CaseInsensitiveValidString.in("half-pixel", "source"),
                    MEDIUM,
                    "Where outputs lie in time: half-pixel at (o + 0.5)/s - 0.5, or source at o/s, which passes input "
                            + "frames through.")
            .define(
                    WEIGHTS,
                    STRING,
                    "",
                    HIGH,
                    "Safetensors file with the weight and bias of an nn.ConvTranspose1d (time alone), 2d (height and "
                            + "width) or 3d; for conv-transpose3d, as all settings down to kinolift.channels. Empty: "
                            + "the fitted weights that come with Kinolift for the scale factor. adaptive: those that "
                            + "go by the detail around each sample, for 1,2,2. trilinear: the kernel that is trilinear "
                            + "upsampling.")
            .define(
                    WEIGHTS_PREFIX,
                    STRING,
                    "",
                    MEDIUM,
                    "Name of the layer within the weights file, such as decoder.up.")
            .define(
                    STRIDE,
                    STRING,
                    "",
                    HIGH,
                    "Output over input as time,height,width in whole numbers; one number is for every axis that the "
                            + "kernel spans. Empty: the scale factor where it is given, else what fitted weights say, else 2.")
            .define(
                    PADDING,
                    STRING,
                    "",
                    MEDIUM,
                    "Outputs cut off both ends as time,height,width or one number. Empty: what fitted weights say, "
                            + "else 0 as in PyTorch.")
            .define(
                    OUTPUT_PADDING,
                    STRING,
                    "",
                    LOW,
                    "Outputs more at the far ends as time,height,width or one number; below stride or dilation. Empty: "
                            + "likewise.")
            .define(
                    DILATION,
                    STRING,
                    "",
                    LOW,
                    "How far apart the kernel's taps lie, as time,height,width or one number. Empty: 1.")
            .define(GROUPS, INT, 1, between(1, 3), LOW, "Groups of channels that know nothing of each other: 1 or 3.")
            .define(
                    BORDER,
                    STRING,
                    "edge",
                    CaseInsensitiveValidString.in("edge", "zeros"),
                    MEDIUM,
                    "What lies outside a segment and its pictures: the nearest sample, or zeros as in PyTorch, which "
                            + "darkens the rim.")
            .define(
                    OVERSHOOT,
                    STRING,
                    "",
                    MEDIUM,
                    "By how much of their range luma may leave the range of the 3x3 input samples around it, in the "
                            + "frames around it, 0 to 1 (at thin lines by a little more): what would ring is cut off. "
                            + "off: as the kernel makes it (with kinolift.border=zeros, what PyTorch gives). Empty: with "
                            + "channels luma what fitted weights say, else off.")
            .define(
                    CHANNELS,
                    STRING,
                    "luma",
                    CaseInsensitiveValidString.in("luma", "planes", "rgb"),
                    HIGH,
                    "What the channels of weights or network are: luma (chroma is interpolated), every plane by itself, "
                            + "or rgb.")
            .define(
                    MODEL,
                    STRING,
                    "",
                    HIGH,
                    "ONNX file of a network for onnx, with one input [N,C,H,W] or [N,C,D,H,W] and fixed whole factors; "
                            + "the settings below it are taken from the file's metadata where they are empty.")
            .define(
                    MODEL_HALO,
                    STRING,
                    "",
                    MEDIUM,
                    "How far beyond its own input an output depends on others, as time,height,width. Where that is "
                            + "true, windows and tiles leave no trace. Empty: halo in the metadata, else 1,16,16.")
            .define(
                    MODEL_MULTIPLE,
                    STRING,
                    "",
                    LOW,
                    "What height and width of the network's input must be multiples of. Empty: multiple in the "
                            + "metadata, else 1.")
            .define(
                    MODEL_RANGE,
                    STRING,
                    "",
                    LOW,
                    "The number that stands for sample 255 (1020 of 10 bits). Empty: range in the metadata, else 1.")
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
                    "Rows and columns of input that the network makes at once; larger tiles waste less on their halo "
                            + "and take more memory.")
            .define(
                    STREAMS,
                    STRING,
                    "",
                    MEDIUM,
                    "Groups of streams with settings of their own, such as doors,archive; an example is in the README, "
                            + "under On your own cluster.")
            .define(
                    WINDOW_SIZE,
                    INT,
                    8,
                    between(1, 100_000),
                    MEDIUM,
                    "Core frames per window. Larger windows use cores better; 1 has the least latency. The result does "
                            + "not depend on it.")
            .define(
                    WINDOW_EDGES,
                    STRING,
                    "seamless",
                    CaseInsensitiveValidString.in("seamless", "independent"),
                    LOW,
                    "Whether an operator sees the neighbouring windows' frames, or each window alone.")
            .define(
                    WINDOW_TIMEOUT,
                    LONG,
                    60_000L,
                    atLeast(1),
                    LOW,
                    "How long one task of a window may take before the stream thread stops with an error.")
            .define(
                    IDLE_TIMEOUT,
                    LONG,
                    500L,
                    atLeast(2),
                    MEDIUM,
                    "How long a stream may be silent before outputs that are already final leave an open window.")
            .define(
                    STREAM_END_TIMEOUT,
                    LONG,
                    0L,
                    atLeast(0),
                    LOW,
                    "How long nothing of a stream may be read before it is ended as if its producer had done so. A broker "
                            + "that is away and a backlog are silence, too: choose more than the longest of both. Later "
                            + "frames are dropped (AFTER_END) until frame 0 or a higher session begins. The one setting that "
                            + "lets a clock decide what is in the output. 0 waits for ever.")
            .define(
                    STREAM_RETENTION,
                    LONG,
                    86_400_000L,
                    atLeast(0),
                    LOW,
                    "How long an ended stream is remembered, so that late frames are known as such.")
            .define(
                    REORDER_FRAMES,
                    INT,
                    16,
                    between(0, 10_000),
                    MEDIUM,
                    "How many frames of a stream may wait for an earlier one before it is declared missing.")
            .define(REORDER_BYTES, LONG, 67_108_864L, atLeast(0), LOW, "How many payload bytes may wait likewise.")
            .define(
                    GAP,
                    STRING,
                    "split",
                    CaseInsensitiveValidString.in("split", "hold", "bridge"),
                    MEDIUM,
                    "What becomes of places whose frames did not come: split ends the segment there, hold repeats the "
                            + "frame before, bridge blends the frames on either side by their distance in time.")
            .define(
                    GAP_FRAMES,
                    INT,
                    50,
                    between(0, 10_000),
                    LOW,
                    "The longest gap that hold and bridge fill, in frames; a longer one splits, and so does one whose "
                            + "two sides have more than kinolift.max.frame.bytes together.")
            .define(
                    SCENE_CUT,
                    STRING,
                    "0.4",
                    KinoliftConfig::requireSceneCut,
                    MEDIUM,
                    "How unlike two neighbouring pictures must be to belong to different shots, which are never "
                            + "blended: 0 (alike) to 1 (unrelated) and beyond, or off. Not used where a window is a "
                            + "tensor whose corners are aligned in time.")
            .define(
                    FRAME_CODEC,
                    STRING,
                    "jpeg",
                    CaseInsensitiveValidString.in("jpeg", "png", "raw", "ffv1"),
                    HIGH,
                    "Codec of output frames. png, raw and ffv1 are lossless; raw and ffv1 hold 10 bits, too.")
            .define(QUALITY, INT, 2, between(1, 31), MEDIUM, "FFmpeg's qscale of JPEG frames: 1 is best, 31 smallest.")
            .define(
                    QUALITY_FLOOR,
                    INT,
                    16,
                    between(1, 31),
                    LOW,
                    "An output frame too large for its topic is encoded again at twice the qscale, and so on up to "
                            + "this; then its input frame is a dead letter. At most kinolift.quality: no second attempt.")
            .define(
                    REPRODUCIBLE,
                    BOOLEAN,
                    false,
                    LOW,
                    "Whether JPEG bytes must not depend on the CPU's vector extensions, at up to twice the cost.")
            .define(
                    THREADS,
                    INT,
                    0,
                    between(0, 1024),
                    MEDIUM,
                    "Threads per task that decode, upscale and encode; 0 takes one per core.")
            .define(
                    MAX_FRAME_PIXELS,
                    LONG,
                    35_389_440L,
                    atLeast(1),
                    MEDIUM,
                    "Largest input picture in pixels (8192x4320); a larger one is a dead letter.")
            .define(
                    MAX_OUTPUT_PIXELS,
                    LONG,
                    141_557_760L,
                    atLeast(1),
                    MEDIUM,
                    "Largest output picture in pixels; a frame that would give a larger one is a dead letter.")
            .define(
                    MAX_FRAME_BYTES,
                    INT,
                    33_554_432,
                    between(1, 1 << 30),
                    MEDIUM,
                    "Largest payload of an input frame in bytes; a larger one is a dead letter.")
            .define(
                    MAX_STREAMS,
                    INT,
                    1000,
                    between(1, 1_000_000),
                    MEDIUM,
                    "Streams of one partition that are open or remembered; records of one more are dead letters.")
            .define(
                    PICTURE_CACHE_BYTES,
                    LONG,
                    268_435_456L,
                    atLeast(0),
                    LOW,
                    "Native memory per task for decoded pictures kept from one window to the next.")
            .define(
                    NATIVE_MEMORY,
                    LONG,
                    2_147_483_648L,
                    atLeast(1),
                    MEDIUM,
                    "Native memory per stream thread for pictures, half for those of one window, half for outputs that "
                            + "are being made; a frame whose window or output would not fit is a dead letter.")
            .define(
                    START_CHECK,
                    STRING,
                    "refuse",
                    CaseInsensitiveValidString.in("refuse", "warn", "off"),
                    LOW,
                    "What happens at start when sizes, memory, speed and time limits do not go together and cannot be "
                            + "corrected: refuse, warn, or no check at all.")
            .define(
                    THREAD_RESTARTS,
                    INT,
                    3,
                    between(0, 1000),
                    LOW,
                    "How often within ten minutes a failed stream thread is started again before the application "
                            + "stops.")
            .define(
                    STOP_TIMEOUT,
                    LONG,
                    30_000L,
                    atLeast(1),
                    LOW,
                    "How long stopping may take before what is under way is left to the next start.")
            .define(
                    JOURNAL_DIR,
                    STRING,
                    "",
                    LOW,
                    "Folder of the journal of frames being decoded, for this instance alone. Empty: the state folder's "
                            + "name with -journal.")
            .define(
                    HTTP_HOST,
                    STRING,
                    "127.0.0.1",
                    MEDIUM,
                    "Address that metrics, health and the live page listen on. Pictures can be seen there: mind who can "
                            + "reach it.")
            .define(
                    HTTP_PORT,
                    INT,
                    0,
                    between(-1, 65_535),
                    MEDIUM,
                    "Port likewise; 0 takes any free one and logs it, -1 is off.")
            .define(
                    HTTP_TOKEN,
                    PASSWORD,
                    "",
                    MEDIUM,
                    "Who knows it may replay dead letters from the live page. Empty: the page only shows.")
            .define(
                    STUCK_TIMEOUT,
                    LONG,
                    60_000L,
                    atLeast(1),
                    MEDIUM,
                    "How long records may wait without any being read before the instance is not ready.")
            .define(
                    METRICS_STREAMS,
                    INT,
                    100,
                    between(0, 100_000),
                    LOW,
                    "Streams with metrics of their own; those beyond are summed under the label other.")
            .define(
                    LIVE_STREAMS,
                    INT,
                    4,
                    between(0, 1000),
                    LOW,
                    "Streams whose pictures are kept for the live page at one time, two pairs each.")
            .define(
                    LOG_FORMAT,
                    STRING,
                    "text",
                    CaseInsensitiveValidString.in("text", "json"),
                    LOW,
                    "Lines for people, or one JSON object per line.")
            .define(
                    REGISTRY_URL,
                    STRING,
                    "",
                    MEDIUM,
                    "Schema registry with Confluent's API, such as http://registry:8080/apis/ccompat/v7; output is then "
                            + "written in its layout. Empty: Avro single-object encoding.")
            .define(REGISTRY_USER, STRING, "", LOW, "User name for the registry (basic authentication). Empty: none.")
            .define(REGISTRY_PASSWORD, PASSWORD, "", LOW, "Password likewise.")
            .define(
                    REGISTRY_CA,
                    STRING,
                    "",
                    LOW,
                    "PEM file of the certificates to trust for an https registry. Empty: those of the JVM.")
            .define(
                    REGISTRY_TIMEOUT,
                    LONG,
                    30_000L,
                    atLeast(1),
                    LOW,
                    "How long the registry may be away before starting, or reading a schema not yet known, fails.")
            .define(
                    TRACING_URL,
                    STRING,
                    "",
                    LOW,
                    "Collector that takes OpenTelemetry's spans by OTLP over HTTP, such as http://collector:4318; every "
                            + "output record then has a traceparent header. Empty: no tracing.")
            .define(
                    TRACING_HEADERS,
                    PASSWORD,
                    "",
                    LOW,
                    "Headers that the collector wants, such as a login, as name=value with a comma between two.")
            .define(
                    TRACING_CA,
                    STRING,
                    "",
                    LOW,
                    "PEM file of the certificates to trust for an https collector. Empty: those of the JVM.")
            .define(
                    TRACING_RATIO,
                    DOUBLE,
                    0.01,
                    between(0, 1),
                    LOW,
                    "Share of frames that are traced, where no traceparent header of the input record says whether it "
                            + "is.")
            .define(FRAMES_TOPIC, STRING, "kinolift.frames", LOW, "Input topic.")
            .define(UPSCALED_TOPIC, STRING, "kinolift.upscaled", LOW, "Output topic.")
            .define(
                    DEAD_LETTERS_TOPIC,
                    STRING,
                    "kinolift.dead-letters",
                    LOW,
                    "Topic of records that could not be used.")
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
