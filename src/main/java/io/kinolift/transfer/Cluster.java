package io.kinolift.transfer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/** The Kafka cluster that one video passes through. {@link #close} removes everything that was created for it. */
sealed interface Cluster extends AutoCloseable permits EmbeddedCluster, RemoteCluster {
    /**
     * Connects to a cluster or starts an embedded broker.
     *
     * @param clientSettings of Kafka clients; null starts a broker in this process
     * @throws TransferException if there is no cluster
     */
    static Cluster open(Map<String, String> clientSettings) throws TransferException, InterruptedException {
        if (clientSettings == null) {
            return new EmbeddedCluster();
        }
        RemoteCluster.requireReachable(clientSettings);
        return new RemoteCluster(clientSettings);
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

    /** An action to run once before the end, both on close and when the process is interrupted. */
    void beforeClose(Runnable action);

    @Override
    void close();
}
