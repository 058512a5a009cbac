package io.kinolift.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** Files that a command writes at its end. A place that cannot be written to is refused before the work. */
final class LateFiles {
    private LateFiles() {}

    /**
     * Requires that files can be written.
     *
     * @param files null for one that is not wanted
     * @throws UsageException if a file cannot be where it is to be
     */
    static void requirePlaces(Path... files) {
        Arrays.stream(files).filter(Objects::nonNull).forEach(LateFiles::requirePlace);
    }

    private static void requirePlace(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new UsageException("expected a file to write, found the folder " + file);
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageException("expected a folder " + folder + " to write to, found "
                    + (Files.exists(folder) ? "a file" : "none"));
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new UsageException("expected to be allowed to write " + file + ", found no right to do so");
        }
    }
}
