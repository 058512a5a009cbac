package io.kinolift.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The resources of a process at one moment.
 *
 * @param frames input frames done so far
 * @param residentBytes physical memory
 * @param storeBytes files in its state folder
 * @param openFiles its file handles
 */
record Footprint(long frames, long residentBytes, long storeBytes, long openFiles) {
    static Footprint of(long pid, Path state, long frames) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        String resident = Files.readAllLines(process.resolve("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .findAny()
                .orElseThrow();
        try (Stream<Path> handles = Files.list(process.resolve("fd"));
                Stream<Path> files = Files.walk(state)) {
            return new Footprint(
                    frames,
                    Long.parseLong(resident.replaceAll("\\D", "")) << 10,
                    files.mapToLong(Footprint::size).sum(),
                    handles.count());
        } catch (UncheckedIOException e) {
            // Stores drop files while they are listed.
            return of(pid, state, frames);
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Footprint most(List<Footprint> footprints) {
        return new Footprint(
                footprints.getLast().frames,
                footprints.stream().mapToLong(Footprint::residentBytes).max().orElseThrow(),
                footprints.stream().mapToLong(Footprint::storeBytes).max().orElseThrow(),
                footprints.stream().mapToLong(Footprint::openFiles).max().orElseThrow());
    }

    String csv() {
        return frames + "," + residentBytes + "," + storeBytes + "," + openFiles;
    }

    @Override
    public String toString() {
        return frames + " frames, " + (residentBytes >> 20) + " MiB resident, " + (storeBytes >> 10)
                + " KiB of stores, " + openFiles + " open files";
    }
}
