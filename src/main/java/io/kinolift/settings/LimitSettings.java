package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

/** How much work, memory and input is accepted. */
public final class LimitSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<Integer> THREADS = SETTINGS.declare(Setting.ofInt("kinolift.threads", 0)
            .valid(between(0, 1024))
            .importance(MEDIUM)
            .text("Threads per task that decode, upscale and encode. 0 takes one per core.")
            .option("N", "threads; 0 (default) is one per core"));

    public static final Setting<Long> MAX_FRAME_PIXELS =
            SETTINGS.declare(Setting.ofLong("kinolift.max.frame.pixels", 35_389_440L)
                    .valid(atLeast(1))
                    .importance(MEDIUM)
                    .text("Largest input picture in pixels; the default is 8192x4320. A larger one becomes a "
                            + "dead letter."));

    public static final Setting<Long> MAX_OUTPUT_PIXELS = SETTINGS.declare(Setting.ofLong(
                    "kinolift.max.output.pixels", 141_557_760L)
            .valid(atLeast(1))
            .importance(MEDIUM)
            .text("Largest output picture in pixels. A frame with a larger output becomes a dead " + "letter."));

    public static final Setting<Integer> MAX_FRAME_BYTES = SETTINGS.declare(Setting.ofInt(
                    "kinolift.max.frame.bytes", 33_554_432)
            .valid(between(1, 1 << 30))
            .importance(MEDIUM)
            .text("Largest payload of an input frame in bytes. A frame with a larger one becomes a dead " + "letter."));

    public static final Setting<Integer> MAX_STREAMS = SETTINGS.declare(
            Setting.ofInt("kinolift.max.streams", 1000)
                    .valid(between(1, 1_000_000))
                    .importance(MEDIUM)
                    .text(
                            "Most streams of one partition that hold frames. For one more, the stream with the oldest "
                                    + "last record rests: its frames leave as at the end of a segment, and its next frame begins a new "
                                    + "one. It must have been silent for kinolift.idle.timeout.ms by the timestamps of records, or for "
                                    + "twice as many records of the partition as this number. If it was not, the oldest stream with "
                                    + "fewer than 8 frames rests; if there is none, the frame that asks for room becomes a dead letter."));

    public static final Setting<Integer> MAX_REMEMBERED_STREAMS = SETTINGS.declare(Setting.ofInt(
                    "kinolift.max.remembered.streams", 10_000)
            .valid(between(1, 1_000_000))
            .importance(LOW)
            .text("Most streams of one partition that ended or rest, and are remembered. Beyond it, the one with the "
                    + "oldest last record is forgotten, together with its account."));

    public static final Setting<Long> PICTURE_CACHE_BYTES = SETTINGS.declare(Setting.ofLong(
                    "kinolift.picture.cache.bytes", 268_435_456L)
            .valid(atLeast(0))
            .importance(LOW)
            .text("Native memory per task for decoded pictures that are kept from one window to the " + "next."));

    public static final Setting<Long> DECODER_CACHE_BYTES = SETTINGS.declare(
            Setting.ofLong("kinolift.decoder.cache.bytes", 67_108_864L)
                    .valid(atLeast(0))
                    .importance(LOW)
                    .text(
                            "Native memory per task for the decoders of inter-coded streams (H.264, HEVC, VP9, AV1) that are kept "
                                    + "from one window to the next. A decoder that is not kept begins anew at its key frame."));

    public static final Setting<Long> ENCODER_CACHE_BYTES = SETTINGS.declare(Setting.ofLong(
                    "kinolift.encoder.cache.bytes", 268_435_456L)
            .valid(atLeast(0))
            .importance(LOW)
            .text("Native memory per task for the encoders of inter-coded outputs, which are kept from one window to "
                    + "the next: about 12 output pictures for each stream. If there are more streams, the outputs "
                    + "that an open group begins with are made again for each window."));

    public static final Setting<Integer> GROUP_FRAMES = SETTINGS.declare(Setting.ofInt("kinolift.group.frames", 600)
            .valid(between(1, 100_000))
            .importance(LOW)
            .text("Most frames of an inter-coded stream from a key frame to before the next. They are kept in the "
                    + "store. The first frame beyond becomes a dead letter, and all others are dropped until a key "
                    + "frame comes (NO_REFERENCE)."));

    public static final Setting<Long> GROUP_BYTES = SETTINGS.declare(Setting.ofLong("kinolift.group.bytes", 67_108_864L)
            .valid(atLeast(1))
            .importance(LOW)
            .text("Most payload bytes of these frames together, as for kinolift.group.frames."));

    public static final Setting<Long> NATIVE_MEMORY =
            SETTINGS.declare(Setting.ofLong("kinolift.native.memory.bytes", 2_147_483_648L)
                    .valid(atLeast(1))
                    .importance(MEDIUM)
                    .text("Native memory per stream thread for pictures: half for the pictures of one window, "
                            + "half for outputs that are being made. A frame whose window or output would not fit "
                            + "becomes a dead letter."));

    private LimitSettings() {}
}
