package io.kinolift.fit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Statistics of clips on disk, so that an interrupted fit goes on where it was. A file is replaced as a whole: whenever
 * the process dies, there is a good one.
 */
final class StatisticsFile {
    private static final int MAGIC = 0x6b6c6601;

    private final Path file;
    private final FitSettings settings;
    private final Map<String, ClipStatistics> clips = new LinkedHashMap<>();

    private StatisticsFile(Path file, FitSettings settings) {
        this.file = file;
        this.settings = settings;
    }

    static StatisticsFile empty(Path file, FitSettings settings) {
        return new StatisticsFile(file, settings);
    }

    /**
     * Reads the file if there is one.
     *
     * @throws IOException if it cannot be read, or is of other settings
     */
    static StatisticsFile resume(Path file, FitSettings settings) throws IOException {
        StatisticsFile statistics = empty(file, settings);
        if (!Files.exists(file)) {
            return statistics;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                throw new IOException(file + ": expected statistics of an interrupted fit, found something else");
            }
            String key = in.readUTF();
            if (!key.equals(settings.statisticsKey())) {
                throw new IOException(
                        file + ": expected statistics of \"" + settings.statisticsKey() + "\", found \"" + key + "\"");
            }
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                ClipStatistics clip = ClipStatistics.read(settings.grid(), in);
                statistics.clips.put(clip.hash(), clip);
            }
        }
        return statistics;
    }

    /** What is known of a clip: all, a part, or nothing. */
    ClipStatistics get(String hash) {
        return clips.getOrDefault(hash, ClipStatistics.none(hash, settings.grid()));
    }

    void put(ClipStatistics clip) throws IOException {
        clips.put(clip.hash(), clip);
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(next)))) {
            out.writeInt(MAGIC);
            out.writeUTF(settings.statisticsKey());
            out.writeInt(clips.size());
            for (ClipStatistics each : clips.values()) {
                each.write(out);
            }
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
