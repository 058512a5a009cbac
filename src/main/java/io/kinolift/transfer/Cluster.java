package io.kinolift.transfer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/** Where one video goes through Kafka. Whatever is made there for it is gone after {@link #close}. */
sealed interface Cluster extends AutoCloseable permits EmbeddedCluster, RemoteCluster {
    /** @param clientSettings of Kafka clients; null starts a broker in this process */
    static Cluster open(Map<String, String> clientSettings) {
        return clientSettings == null ? new EmbeddedCluster() : new RemoteCluster(clientSettings);
    }

    Map<String, String> clientSettings();

    String applicationId();

    /** Settings of Kinolift that name the topics. */
    Map<String, String> topicSettings();

    /** Where stores live. */
    Path stateDir();

    default Map<String, String> streamsSettings() {
        Map<String, String> settings = new HashMap<>(clientSettings());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId());
        return settings;
    }

    /** What to do before the end, once, whether it is closed or the process is interrupted. */
    void beforeClose(Runnable action);

    @Override
    void close();
}
