package io.kinolift.settings;

import static io.kinolift.settings.Setting.Trait.PER_TOPIC;
import static io.kinolift.settings.Setting.Trait.SHAPES_OUTPUT;
import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.kinolift.frame.FrameRate;
import io.kinolift.frame.Rational;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/** How frames lie in the records of input topics. */
public final class InputSettings {
    static final SettingList SETTINGS = new SettingList(PER_TOPIC);

    public static final Setting<String> FORMAT = SETTINGS.declare(Setting.ofString("kinolift.input.format", "avro")
            .choices("avro", "image", "json")
            .importance(HIGH)
            .text(
                    "Values of input records. avro: VideoFrame records. image: a JPEG, PNG, WebP, BMP or TIFF, told by its "
                            + "bytes. json: an object with a picture as text in it, or nothing but that text."));

    public static final Setting<String> STREAM = SETTINGS.declare(Setting.ofString("kinolift.input.stream", "key")
            .choices("key", "header", "field", "partition")
            .importance(MEDIUM)
            .text("Names the stream of an image or JSON record. key: the record's key. header: "
                    + "kinolift.input.stream.header. field: a field of the JSON. partition: topic and partition, for topics "
                    + "whose keys are numbers of frames, times or random. Where a record has none, the next of key, field "
                    + "and partition counts."));

    public static final Setting<String> STREAM_HEADER =
            SETTINGS.declare(Setting.ofString("kinolift.input.stream.header", "stream")
                    .importance(LOW)
                    .text("Header that names the stream, with kinolift.input.stream=header."));

    public static final Setting<String> TIME = SETTINGS.declare(Setting.ofString("kinolift.input.time", "auto")
            .choices("auto", "record", "header", "rate")
            .importance(MEDIUM)
            .text("Times of image and JSON frames. record: the record's timestamp. header: "
                    + "kinolift.input.time.header. rate: a fixed one, kinolift.input.fps. auto: a field of the JSON where "
                    + "there is one, else the record's timestamp.")
            .with(SHAPES_OUTPUT));

    public static final Setting<String> TIME_HEADER = SETTINGS.declare(Setting.ofString(
                    "kinolift.input.time.header", "timestamp")
            .importance(LOW)
            .text("Header that holds the time of a frame, with kinolift.input.time=header: decimal digits, a date "
                    + "and time by ISO 8601, or eight big-endian bytes.")
            .with(SHAPES_OUTPUT));

    public static final Setting<String> TIME_UNIT =
            SETTINGS.declare(Setting.ofString("kinolift.input.time.unit", "auto")
                    .choices("auto", "seconds", "millis", "micros", "nanos")
                    .importance(LOW)
                    .text(
                            "Unit of times in headers and JSON. auto: by the end of the field's name (_s, _ms, _us, _ns), else by the "
                                    + "size of the number, as a time since 1970.")
                    .with(SHAPES_OUTPUT));

    public static final Setting<String> FPS = SETTINGS.declare(Setting.ofString("kinolift.input.fps", "")
            .valid(InputSettings::requireRate)
            .importance(MEDIUM)
            .text("Frames per second of image and JSON streams, such as 25, 30000/1001 or 29.97. With "
                    + "kinolift.input.time=rate it gives every frame its time; otherwise it is the rate that is expected at "
                    + "first.")
            .with(SHAPES_OUTPUT));

    public static final Setting<Boolean> SMOOTHING = SETTINGS.declare(Setting.ofBoolean(
                    "kinolift.input.smoothing", true)
            .importance(LOW)
            .text("Whether the times of image and JSON frames are smoothed: a line is laid through the last 32. "
                    + "false takes each time as it is, at least a microsecond after the one before.")
            .with(SHAPES_OUTPUT));

    public static final Setting<Long> JITTER = SETTINGS.declare(Setting.ofLong("kinolift.input.jitter.ms", 1000L)
            .valid(between(1, 60_000))
            .importance(LOW)
            .text("How far the time of an image or JSON frame may be from when it was due. A later one comes after a "
                    + "pause. An earlier one is not believed: if the next frame goes on from there, the clock was set back, "
                    + "and times go on as if it had not been.")
            .with(SHAPES_OUTPUT));

    public static final Setting<String> END_HEADER =
            SETTINGS.declare(Setting.ofString("kinolift.input.end.header", "kinolift.end")
                    .importance(LOW)
                    .text("A record with this header ends its image or JSON stream, as a tombstone does."));

    public static final Setting<String> JSON_PAYLOAD = SETTINGS.declare(fields(
            "payload",
            "frame, image, image_data, frame_data, data, payload, frame_base64, image_base64, img, jpg, content",
            "the picture"));

    public static final Setting<String> JSON_ENCODING = SETTINGS.declare(Setting.ofString(
                    "kinolift.input.json.encoding", "base64")
            .choices("base64", "hex")
            .importance(LOW)
            .text("How a picture is written as text. base64: of both alphabets, in lines or not, also as a data "
                    + "URL."));

    public static final Setting<String> JSON_STREAM = SETTINGS.declare(fields(
            "stream",
            "stream, stream_id, streamId, camera_id, cameraId, camera, video_id, device_id, source",
            "the name of the stream"));

    public static final Setting<String> JSON_TIME = SETTINGS.declare(fields(
            "time", "capture_timestamp_ns, timestamp_ms, timestamp, frame_time, time, ts", "the time of the frame"));

    public static final Setting<String> JSON_SEQUENCE = SETTINGS.declare(
            fields(
                    "sequence",
                    "",
                    "the number of the frame, which must count from 0 without holes; without one, frames are numbered as they come"));

    public static final Setting<String> JSON_WIDTH =
            SETTINGS.declare(fields("width", "width, cols, image_width", "the width of raw pixels"));

    public static final Setting<String> JSON_HEIGHT =
            SETTINGS.declare(fields("height", "height, rows, image_height", "the height of raw pixels"));

    public static final Setting<String> JSON_TYPE = SETTINGS.declare(fields(
            "type",
            "type, mat_type, dtype",
            "the type of raw pixels: a number or name of OpenCV's, such as 16 or CV_8UC3"));

    public static final Setting<String> JSON_SHAPE =
            SETTINGS.declare(fields("shape", "shape", "height, width and channels of raw pixels, as an array"));

    public static final Setting<String> JSON_END = SETTINGS.declare(
            fields("end", "end, endOfStream, end_of_stream, eos", "true at the end of the stream, without a picture"));

    private InputSettings() {}

    private static Setting.Declaration<String> fields(String name, String usual, String what) {
        return Setting.ofString("kinolift.input.json." + name, usual)
                .importance(LOW)
                .text("Fields of a JSON record that may hold " + what
                        + ". The first one counts that it has; a dot leads " + "into an object, as in data.image.");
    }

    /** The names in a list. */
    public static List<String> names(KinoliftConfig config, Setting<String> setting) {
        return Arrays.stream(config.get(setting).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The rate that somebody has stated; {@link Rational#ZERO} for none. */
    public static Rational framesPerSecond(KinoliftConfig config) {
        String text = config.get(FPS);
        return text.isBlank() ? Rational.ZERO : FrameRate.parse(text);
    }

    private static void requireRate(String name, Object value) {
        String text = value.toString();
        try {
            if (!text.isBlank()) {
                FrameRate.parse(text);
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, "expected frames per second such as 25 or 30000/1001");
        }
    }
}
