package io.kinolift.runtime.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * The stores of a task on disk.
 *
 * @param checksum over the names and bytes of its files
 * @param writtenMillis when they were closed
 */
record TaskStores(String checksum, long writtenMillis) {
    private static final String CHECKPOINT = ".checkpoint";

    /** The stores in a folder; none if no run has closed them, so that Kafka Streams would not use them. */
    static Optional<TaskStores> in(Path folder) throws IOException {
        Path checkpoint = folder.resolve(CHECKPOINT);
        if (!Files.isRegularFile(checkpoint)) {
            return Optional.empty();
        }
        return Optional.of(new TaskStores(
                checksumOf(folder), Files.getLastModifiedTime(checkpoint).toMillis()));
    }

    /** These stores, or the same ones as they were found before, whose folder somebody may have copied since. */
    TaskStores orOlder(TaskStores found) {
        return found != null && found.checksum.equals(checksum) && found.writtenMillis < writtenMillis ? found : this;
    }

    private static String checksumOf(Path folder) throws IOException {
        CRC32C sum = new CRC32C();
        for (Path file : files(folder)) {
            sum.update((folder.relativize(file) + "\n").getBytes(StandardCharsets.UTF_8));
            try (InputStream in = new CheckedInputStream(Files.newInputStream(file), sum)) {
                long bytes = in.transferTo(OutputStream.nullOutputStream());
                sum.update(("\n" + bytes + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
