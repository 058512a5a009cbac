package io.kinolift.settings;

import static io.kinolift.settings.Setting.Trait.PER_STREAM;
import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

/** How output frames are encoded. */
public final class OutputSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<String> FRAME_CODEC = SETTINGS.declare(Setting.ofString("kinolift.frame.codec", "jpeg")
            .choices("jpeg", "png", "raw", "ffv1")
            .importance(HIGH)
            .text("Codec of output frames. png, raw and ffv1 are lossless; raw and ffv1 hold 10 bits, too.")
            .option(
                    "CODEC",
                    "what travels through Kafka: jpeg (default), png, raw, ffv1 (default of upscale for 10-bit video)")
            .with(PER_STREAM));

    public static final Setting<Integer> QUALITY = SETTINGS.declare(Setting.ofInt("kinolift.quality", 2)
            .valid(between(1, 31))
            .importance(MEDIUM)
            .text("FFmpeg's qscale of JPEG frames: 1 is best, 31 smallest.")
            .option("Q", "FFmpeg's qscale, 1 (best) to 31 (default 2)")
            .with(PER_STREAM));

    public static final Setting<Integer> QUALITY_FLOOR = SETTINGS.declare(Setting.ofInt("kinolift.quality.floor", 16)
            .valid(between(1, 31))
            .importance(LOW)
            .text("An output frame too large for its topic is encoded again at twice the qscale, and so on up to "
                    + "this; then its input frame is a dead letter. At most kinolift.quality: no second attempt.")
            .with(PER_STREAM));

    public static final Setting<Boolean> REPRODUCIBLE = SETTINGS.declare(Setting.ofBoolean(
                    "kinolift.jpeg.reproducible", false)
            .importance(LOW)
            .text("Whether JPEG bytes must not depend on the CPU's vector extensions, at up to twice the cost."));

    private OutputSettings() {}
}
