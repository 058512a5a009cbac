package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

/** Streams that are watched in browsers and players. */
public final class WatchSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<Integer> HEIGHT = SETTINGS.declare(Setting.ofInt("kinolift.watch.height", 720)
            .valid(between(0, 16_384))
            .importance(LOW)
            .text(
                    "Larger pictures are made so many rows high before they are encoded as video for watchers. 0: they stay as "
                            + "they are."));

    public static final Setting<Integer> SECONDS = SETTINGS.declare(Setting.ofInt("kinolift.watch.seconds", 10)
            .valid(between(4, 3600))
            .importance(LOW)
            .text(
                    "Seconds of video that the playlist of a watched stream lists. As much again is kept for players that are "
                            + "late."));

    public static final Setting<Long> MAX_BYTES = SETTINGS.declare(Setting.ofLong("kinolift.watch.max.bytes", 64L << 20)
            .valid(atLeast(1 << 20))
            .importance(LOW)
            .text("Most bytes of video kept for a watched stream, whatever kinolift.watch.seconds says; the last two "
                    + "seconds are always kept."));

    public static final Setting<Long> QUEUE_BYTES = SETTINGS.declare(Setting.ofLong(
                    "kinolift.watch.queue.bytes", 64L << 20)
            .valid(atLeast(1 << 16))
            .importance(LOW)
            .text("Most bytes of output frames of a watched stream that wait to be encoded as video, and of those that "
                    + "wait because a later picture refers to them. Further ones are left out and counted."));

    public static final Setting<Long> BEHIND = SETTINGS.declare(
            Setting.ofLong("kinolift.watch.behind.ms", 500L)
                    .valid(atLeast(10))
                    .importance(LOW)
                    .text(
                            "Where output frames of a watched stream wait longer than this to be encoded as video, every second one "
                                    + "is left out and counted; from twice as long on, two of three, and so on up to five of six, as "
                                    + "far as a quarter of a second keeps a picture: streams below 6 frames per second stay whole. Frames "
                                    + "that come together may wait longer by as much as passes between them and the next ones."));

    public static final Setting<String> SOUND = SETTINGS.declare(Setting.ofString("kinolift.watch.sound", "on")
            .choices("on", "off")
            .importance(LOW)
            .text("Whether a watched stream has its sound, from kinolift.audio.topic."));

    public static final Setting<Long> SOUND_BYTES =
            SETTINGS.declare(Setting.ofLong("kinolift.watch.sound.bytes", 4L << 20)
                    .valid(atLeast(1 << 16))
                    .importance(LOW)
                    .text(
                            "Most bytes of a watched stream's sound that wait for their pictures. What is behind them on the topic is "
                                    + "read later."));

    public static final Setting<Integer> MAX_WATCHERS =
            SETTINGS.declare(Setting.ofInt("kinolift.watch.max.watchers", 32)
                    .valid(between(0, 10_000))
                    .importance(LOW)
                    .text("Most clients that get pictures one by one (/watch/STREAM.mjpeg) at one time. Further ones "
                            + "get status 503."));

    public static final Setting<Long> IDLE = SETTINGS.declare(Setting.ofLong("kinolift.watch.idle.ms", 15_000L)
            .valid(atLeast(1000))
            .importance(LOW)
            .text("When nobody has asked for anything of a stream for so long, its encoding for watchers ends and its "
                    + "segments are freed."));

    private WatchSettings() {}
}
