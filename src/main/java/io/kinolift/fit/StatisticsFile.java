package io.kinolift.fit;

import io.kinolift.files.PrivateFiles;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sums of clips on disk, for any pass, so that an interrupted fit can continue. The file is always replaced as a
 * whole, so there is a good one whenever the process dies.
 */
final class StatisticsFile implements SumsStore {
    private static final int MAGIC = 0x6b6c6602;

    private final Path file;
    private final String settings;
    private final Map<Key, ClipSums> clips = new LinkedHashMap<>();

    private record Key(String pass, String hash) {}

    private StatisticsFile(Path file, String settings) {
        this.file = file;
        this.settings = settings;
    }

    /** @param settings {@link FitSettings#partialKey} */
    static StatisticsFile empty(Path file, String settings) {
        return new StatisticsFile(file, settings);
    }

    /**
     * Reads the file if there is one.
     *
     * @param footage the clips of the fit
     * @throws IOException if it cannot be read, or is of other settings or footage
     */
    static StatisticsFile resume(Path file, String settings, PhaseGrid grid, List<Footage> footage) throws IOException {
        StatisticsFile statistics = empty(file, settings);
        if (!Files.exists(file)) {
            return statistics;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            statistics.read(in, grid);
        } catch (EOFException e) {
            throw new IOException(file + ": expected statistics of an interrupted fit, found the end of the file", e);
        } catch (UTFDataFormatException | RuntimeException e) {
            throw new IOException(
                    file + ": expected statistics of an interrupted fit, found damaged ones (" + e + ")", e);
        }
        statistics.requireOnly(footage);
        return statistics;
    }

    /** A partial clip is dropped, because it may be one that cannot be read to its end. */
    private void requireOnly(List<Footage> footage) throws IOException {
        clips.values().removeIf(clip -> !clip.complete() && !isOf(footage, clip));
        for (ClipSums clip : clips.values()) {
            if (!isOf(footage, clip)) {
                throw new IOException(file + ": expected statistics of the clips given, found those of another, "
                        + "with SHA-256 " + clip.hash());
            }
        }
    }

    private static boolean isOf(List<Footage> footage, ClipSums clip) {
        return footage.stream().anyMatch(each -> each.hash().equals(clip.hash()));
    }

    private void read(DataInputStream in, PhaseGrid grid) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException(file + ": expected statistics of an interrupted fit, found something else");
        }
        String found = in.readUTF();
        if (!found.equals(settings)) {
            throw new IOException(file + ": expected statistics of \"" + settings + "\", found \"" + found + "\"");
        }
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String pass = in.readUTF();
            ClipSums clip = ClipSums.read(grid, in);
            clips.put(new Key(pass, clip.hash()), clip);
        }
    }

    @Override
    public ClipSums get(String pass, String hash) {
        return clips.getOrDefault(new Key(pass, hash), ClipSums.none(hash));
    }

    @Override
    public void put(String pass, ClipSums clip) throws IOException {
        clips.put(new Key(pass, clip.hash()), clip);
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(PrivateFiles.write(next)))) {
            out.writeInt(MAGIC);
            out.writeUTF(settings);
            out.writeInt(clips.size());
            for (Map.Entry<Key, ClipSums> each : clips.entrySet()) {
                out.writeUTF(each.getKey().pass);
                each.getValue().write(out);
            }
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
