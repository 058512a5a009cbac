package io.kinolift.settings;

import static io.kinolift.settings.Setting.Trait.PER_STREAM;
import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.kinolift.codec.group.GroupEncoders;
import io.kinolift.codec.group.GroupEncoding;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Rational;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How output frames are encoded. */
public final class OutputSettings {
    static final SettingList SETTINGS = new SettingList();
    /** That of the input frame. */
    static final String AUTO = "auto";
    /** Inputs and outputs of a group. */
    private static final int MOST_GROUP_FRAMES = 600;

    public static final Setting<String> FRAME_CODEC = SETTINGS.declare(Setting.ofString("kinolift.frame.codec", "jpeg")
            .choices(Stream.concat(
                            Stream.concat(Codec.written().stream(), Codec.interCoded().stream())
                                    .map(codec -> codec.name().toLowerCase(Locale.ROOT)),
                            Stream.of(AUTO))
                    .toArray(String[]::new))
            .importance(HIGH)
            .text(
                    "Codec of output frames. png, raw and ffv1 are lossless. jpeg holds YUV and grey of 8 bits, png RGB and grey. "
                            + "auto: that of the input frame if it can be written, else the first that holds its pixels, "
                            + "without loss if the input has none. h264, hevc, vp9 and av1 write groups of frames that refer to each other, "
                            + "which takes about a seventh of the bytes of JPEG. With kinolift.output.format=image or json, auto is the "
                            + "default.")
            .option(
                    "CODEC",
                    "codec of frames in Kafka: jpeg (default), png, raw, ffv1 (default of upscale for deep and transparent video), auto; run also takes h264, hevc, vp9, av1")
            .with(PER_STREAM));

    public static final Setting<Integer> QUALITY = SETTINGS.declare(Setting.ofInt("kinolift.quality", 2)
            .valid(between(1, 31))
            .importance(MEDIUM)
            .text("Quality of lossy frames as FFmpeg's qscale: 1 is best, 31 is smallest. For inter-coded frames, the "
                    + "quantiser of the same step size.")
            .option("Q", "FFmpeg's qscale, 1 (best) to 31 (default 2)")
            .with(PER_STREAM));

    public static final Setting<Integer> QUALITY_FLOOR = SETTINGS.declare(Setting.ofInt("kinolift.quality.floor", 16)
            .valid(between(1, 31))
            .importance(LOW)
            .text("Largest qscale for an output frame that is too large for its topic. The frame is "
                    + "encoded again at twice the qscale, repeatedly up to this value. If it still does not "
                    + "fit, its input frame becomes a dead letter. A value up to kinolift.quality allows no "
                    + "second attempt.")
            .with(PER_STREAM));

    public static final Setting<Integer> GROUP_FRAMES = SETTINGS.declare(Setting.ofInt("kinolift.output.gop", 60)
            .valid(between(1, MOST_GROUP_FRAMES))
            .importance(MEDIUM)
            .text(
                    "Output frames of a group, for kinolift.frame.codec=h264, hevc, vp9 and av1. Each group begins with a "
                            + "key frame, and can be decoded without the others. The inputs of the open group stay in the "
                            + "store, so that after a failure it is made again: at most 600, so that a group is shorter where "
                            + "outputs are fewer than inputs.")
            .with(PER_STREAM));

    public static final Setting<String> ENCODER = SETTINGS.declare(Setting.ofString("kinolift.output.encoder", "")
            .importance(LOW)
            .text(
                    "FFmpeg's name of the encoder of inter-coded frames, such as h264_nvenc. Empty: libx264 and libx265 where "
                            + "FFmpeg has them, else libopenh264; libvpx-vp9; libsvtav1, else libaom-av1.")
            .with(PER_STREAM));

    public static final Setting<Long> BITRATE = SETTINGS.declare(Setting.ofLong("kinolift.output.bitrate", 0)
            .valid(atLeast(0))
            .importance(LOW)
            .text("Bits per second of an inter-coded stream of outputs; 0 keeps the quality constant instead.")
            .with(PER_STREAM));

    public static final Setting<Boolean> REPRODUCIBLE =
            SETTINGS.declare(Setting.ofBoolean("kinolift.jpeg.reproducible", false)
                    .importance(LOW)
                    .text("Whether JPEG bytes must be the same on CPUs with different vector extensions. It "
                            + "costs up to twice the time."));

    public static final Setting<String> FORMAT = SETTINGS.declare(Setting.ofString("kinolift.output.format", "avro")
            .choices("avro", "image", "json")
            .importance(HIGH)
            .text("Values of output records. avro: VideoFrame records. image: a JPEG or PNG, with everything else in "
                    + "headers. json: an object with the picture as text, the input's own if it was one. Image and JSON "
                    + "records have the key of the input record, and the time of the frame as their timestamp."));

    public static final Setting<String> END = SETTINGS.declare(Setting.ofString("kinolift.output.end", "tombstone")
            .choices("tombstone", "header")
            .importance(LOW)
            .text(
                    "How an image or JSON stream ends on the output topic. tombstone: a record without a value. header: one "
                            + "with an empty value. Both have the header kinolift.end, and the totals in headers."));

    private OutputSettings() {}

    /** The codec that records of the configured format have, where nobody has chosen one. */
    static Optional<String> usualCodec(Map<String, Object> parsed, Map<String, Object> given) {
        boolean isChosen = given.containsKey(FRAME_CODEC.name());
        boolean isAvro = FORMAT.value(parsed.get(FORMAT.name())).equals("avro");
        return isChosen || isAvro ? Optional.empty() : Optional.of(AUTO);
    }

    /** The codecs that output frames may have, preferred ones first. */
    static List<Codec> codecs(KinoliftConfig config) {
        List<Codec> possible = switch (config.get(FORMAT)) {
            case "image" -> List.of(Codec.JPEG, Codec.PNG);
            case "json" -> List.of(Codec.JPEG, Codec.PNG, Codec.RAW);
            default -> List.of(Codec.JPEG, Codec.FFV1, Codec.PNG, Codec.RAW);
        };
        if (config.get(FRAME_CODEC).equals(AUTO)) {
            return possible;
        }
        Codec codec = Plans.codec(config);
        boolean isGroup = codec.isInterCoded() && config.get(FORMAT).equals("avro");
        if (!possible.contains(codec) && !isGroup) {
            throw config.refused(
                    FRAME_CODEC,
                    "expected auto or one of " + possible + " with kinolift.output.format=" + config.get(FORMAT));
        }
        return List.of(codec);
    }

    /**
     * How outputs refer to each other; null where each is encoded alone.
     *
     * @param factor outputs per input
     */
    static GroupEncoding group(KinoliftConfig config, Rational factor) {
        if (config.get(FRAME_CODEC).equals(AUTO) || !Plans.codec(config).isInterCoded()) {
            return null;
        }
        Codec codec = Plans.codec(config);
        String chosen = config.get(ENCODER);
        if (!chosen.isEmpty() && !GroupEncoders.has(codec, chosen)) {
            throw config.refused(ENCODER, "expected an encoder of " + codec + " that this FFmpeg has");
        }
        String encoder = chosen.isEmpty()
                ? GroupEncoders.usual(codec)
                        .orElseThrow(() -> config.refused(
                                FRAME_CODEC,
                                "expected a codec that this FFmpeg has an encoder of (libx265 comes with the -gpl "
                                        + "natives; kinolift.output.encoder names one of the hardware)"))
                : chosen;
        long most = Math.max(1, factor.floorOfProduct(MOST_GROUP_FRAMES));
        return new GroupEncoding(encoder, (int) Math.min(most, config.get(GROUP_FRAMES)), config.get(BITRATE));
    }
}
