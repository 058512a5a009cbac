package io.kinolift.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Clips named one by one or by their folder. */
final class Clips {
    private static final Pattern VIDEO = Pattern.compile(".*\\.(mp4|mkv|webm|mov|avi|ts|m4v|264|y4m)");

    private Clips() {}

    /** @throws UsageException if a source is not there, or there is no video in a folder */
    static List<Path> find(List<Path> sources) throws IOException {
        List<Path> clips = new ArrayList<>();
        for (Path source : sources) {
            if (Files.isDirectory(source)) {
                List<Path> found = videos(source);
                if (found.isEmpty()) {
                    throw new UsageException("expected videos in " + source + ", found none");
                }
                clips.addAll(found);
            } else if (Files.exists(source)) {
                clips.add(source);
            } else {
                throw new UsageException("expected a video or a folder, found no " + source);
            }
        }
        return clips;
    }

    private static List<Path> videos(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> VIDEO.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT))
                                    .matches())
                    .sorted()
                    .toList();
        }
    }
}
