package io.kinolift.runtime;

import io.kinolift.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The folder of the stores, whose rows hold pictures. Kafka Streams lets the group read what it makes, so its folder is
 * closed again. The folder around it is closed only if it is new: somebody may have others in it.
 */
record StateFolder(Path around, Path stores) {
    static StateFolder of(Properties properties) {
        Path around = Path.of(properties.get(StreamsConfig.STATE_DIR_CONFIG).toString());
        return new StateFolder(
                around,
                around.resolve(
                        properties.get(StreamsConfig.APPLICATION_ID_CONFIG).toString()));
    }

    /**
     * Calls what opens the folder to the group, before anything is in it, and closes it.
     *
     * @throws UncheckedIOException if it cannot be made or closed
     */
    <T> T closedAround(Supplier<T> opening) {
        try {
            boolean isNew = Files.notExists(around);
            PrivateFiles.createFolders(stores);
            T opened = opening.get();
            PrivateFiles.closeFolder(stores);
            if (isNew) {
                PrivateFiles.closeFolder(around);
            }
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep stores in " + stores + ": " + e, e);
        }
    }
}
