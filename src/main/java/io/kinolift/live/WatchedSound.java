package io.kinolift.live;

import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.TopicSettings;
import io.kinolift.settings.WatchSettings;
import io.kinolift.sound.SoundAhead;
import io.kinolift.sound.SoundReader;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Opens the sound of streams that are watched, from {@code kinolift.audio.topic}. */
final class WatchedSound implements Function<String, SoundAhead> {
    private final KinoliftConfig config;
    private final Map<String, String> clientSettings;
    /** So that each consumer has a name of its own. */
    private final AtomicLong opened = new AtomicLong();

    WatchedSound(KinoliftConfig config, Map<String, String> clientSettings) {
        this.config = config;
        this.clientSettings = Map.copyOf(clientSettings);
    }

    @Override
    public SoundAhead apply(String streamId) {
        if (config.get(WatchSettings.SOUND).equals("off")) {
            return SoundAhead.none();
        }
        String topic = config.get(TopicSettings.AUDIO_TOPIC);
        return new SoundAhead(
                fromMillis -> new SoundReader(consumer(), topic, streamId, fromMillis),
                config.get(WatchSettings.SOUND_BYTES));
    }

    /** In no group, so that it disturbs none; and a topic that is missing stays so. */
    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.remove(CommonClientConfigs.GROUP_ID_CONFIG);
        settings.remove(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "kinolift-watch-sound-" + opened.incrementAndGet());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
