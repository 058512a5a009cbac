package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;

/** Names of the topics. */
public final class TopicSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<String> FRAMES_TOPIC =
            SETTINGS.declare(Setting.ofString("kinolift.frames.topic", "kinolift.frames")
                    .importance(LOW)
                    .text(
                            "Input topic; or several, with commas between them; or a pattern in which * stands for any text and ? for "
                                    + "one character. With several, a stream's id is topic/id, so the same id on two topics is two "
                                    + "streams."));

    public static final Setting<String> UPSCALED_TOPIC =
            SETTINGS.declare(Setting.ofString("kinolift.upscaled.topic", "kinolift.upscaled")
                    .importance(LOW)
                    .text("Output topic."));

    public static final Setting<String> DEAD_LETTERS_TOPIC =
            SETTINGS.declare(Setting.ofString("kinolift.dead.letters.topic", "kinolift.dead-letters")
                    .importance(LOW)
                    .text("Topic for records that could not be used."));

    public static final Setting<String> ACCOUNTS_TOPIC =
            SETTINGS.declare(Setting.ofString("kinolift.accounts.topic", "kinolift.accounts")
                    .importance(LOW)
                    .text("Compacted topic that says what became of every frame."));

    public static final Setting<String> AUDIO_TOPIC = SETTINGS.declare(
            Setting.ofString("kinolift.audio.topic", "kinolift.audio")
                    .importance(LOW)
                    .text(
                            "Topic for the sound of streams, from ingest to collect. The application reads it only for streams that somebody watches."));

    private TopicSettings() {}
}
