package io.kinolift.runtime.broker;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of an {@link EmbeddedBroker}.
 *
 * @param maxMessageBytes largest batch the broker takes on any topic that does not say otherwise, in bytes
 * @param parentFolder where the temporary data folder is made
 * @param dataFolder a folder used instead of a temporary one; made when missing, kept at close
 * @param port where clients connect on the loopback interface; 0 chooses a free one
 */
public record BrokerSettings(int maxMessageBytes, Path parentFolder, Optional<Path> dataFolder, int port) {
    public static final int DEFAULT_MAX_MESSAGE_BYTES = 64 << 20;

    /** @throws IllegalArgumentException if a number is out of range */
    public BrokerSettings {
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("expected a message limit of at least 1 byte, found " + maxMessageBytes);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("expected a port of 0 to 65535, found " + port);
        }
    }

    public static BrokerSettings defaults() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        return new BrokerSettings(DEFAULT_MAX_MESSAGE_BYTES, parent, Optional.empty(), 0);
    }

    public BrokerSettings withMaxMessageBytes(int bytes) {
        return new BrokerSettings(bytes, parentFolder, dataFolder, port);
    }

    public BrokerSettings withParentFolder(Path parent) {
        return new BrokerSettings(maxMessageBytes, parent, dataFolder, port);
    }

    public BrokerSettings withDataFolder(Path folder) {
        return new BrokerSettings(maxMessageBytes, parentFolder, Optional.of(folder), port);
    }

    public BrokerSettings withPort(int fixedPort) {
        return new BrokerSettings(maxMessageBytes, parentFolder, dataFolder, fixedPort);
    }
}
