package io.kinolift.settings;

import static io.kinolift.settings.Setting.Trait.PER_STREAM;
import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.kinolift.frame.Codec;
import java.util.Arrays;
import java.util.Locale;

/** How output frames are encoded. */
public final class OutputSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<String> FRAME_CODEC = SETTINGS.declare(Setting.ofString("kinolift.frame.codec", "jpeg")
            .choices(Arrays.stream(Codec.values())
                    .map(codec -> codec.name().toLowerCase(Locale.ROOT))
                    .toArray(String[]::new))
            .importance(HIGH)
            .text(
                    "Codec of output frames. png, raw and ffv1 are lossless. jpeg holds YUV and grey of 8 bits, png RGB and grey.")
            .option(
                    "CODEC",
                    "codec of frames in Kafka: jpeg (default), png, raw, ffv1 (default of upscale for deep and transparent video)")
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

    private OutputSettings() {}
}
