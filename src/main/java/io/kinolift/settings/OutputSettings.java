package io.kinolift.settings;

import static io.kinolift.settings.Setting.Trait.PER_STREAM;
import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.kinolift.frame.Codec;
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

    public static final Setting<String> FRAME_CODEC = SETTINGS.declare(Setting.ofString("kinolift.frame.codec", "jpeg")
            .choices(Stream.concat(
                            Codec.written().stream().map(codec -> codec.name().toLowerCase(Locale.ROOT)),
                            Stream.of(AUTO))
                    .toArray(String[]::new))
            .importance(HIGH)
            .text(
                    "Codec of output frames. png, raw and ffv1 are lossless. jpeg holds YUV and grey of 8 bits, png RGB and grey. "
                            + "auto: that of the input frame if it can be written, else the first that holds its pixels, "
                            + "without loss if the input has none. With kinolift.output.format=image or json, auto is the "
                            + "default.")
            .option(
                    "CODEC",
                    "codec of frames in Kafka: jpeg (default), png, raw, ffv1 (default of upscale for deep and transparent video), auto")
            .with(PER_STREAM));

    public static final Setting<Integer> QUALITY = SETTINGS.declare(Setting.ofInt("kinolift.quality", 2)
            .valid(between(1, 31))
            .importance(MEDIUM)
            .text("FFmpeg's qscale of JPEG frames: 1 is best, 31 is smallest.")
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
        if (!possible.contains(codec)) {
            throw config.refused(
                    FRAME_CODEC,
                    "expected auto or one of " + possible + " with kinolift.output.format=" + config.get(FORMAT));
        }
        return List.of(codec);
    }
}
