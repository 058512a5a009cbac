package io.kinolift.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The segments of a playlist: {@code talk_00000.ts} and so on, beside {@code talk.m3u8}. */
public final class Segments {
    private Segments() {}

    /** FFmpeg's pattern of their names. */
    static String pattern(String playlist) {
        return stem(playlist).replace("%", "%%") + "_%05d.ts";
    }

    /**
     * Those that are there, in order.
     *
     * @throws IOException if the folder cannot be read
     */
    public static List<Path> of(Path playlist) throws IOException {
        String stem = stem(playlist.getFileName().toString());
        Pattern names = Pattern.compile(Pattern.quote(stem) + "_\\d{5,}\\.ts");
        Path folder = playlist.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> names.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private static String stem(String playlist) {
        int slash = playlist.lastIndexOf('/');
        int dot = playlist.lastIndexOf('.');
        return dot > slash + 1 ? playlist.substring(0, dot) : playlist;
    }
}
