package io.kinolift.transfer;

import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;

/** A broker in this process. */
final class EmbeddedCluster implements Cluster {
    private final EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults());

    @Override
    public Map<String, String> clientSettings() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    @Override
    public String applicationId() {
        return "kinolift";
    }

    @Override
    public Map<String, String> topicSettings() {
        return Map.of();
    }

    @Override
    public Path stateDir() {
        return broker.scratch();
    }

    @Override
    public void beforeClose(Runnable action) {
        broker.beforeClose(action);
    }

    @Override
    public void close() {
        broker.close();
    }
}
