package io.kinolift.runtime.suspect;

import io.kinolift.files.FileFault;
import io.kinolift.files.PrivateFiles;
import io.kinolift.runtime.records.FramePlace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places of frames that ended a process, one a line of a file. A line that a crash, a full disk or a hand has damaged is
 * not known any more: its frame is tried again if it ends another process.
 */
final class GuiltyPlaces {
    private static final Logger LOG = LoggerFactory.getLogger(GuiltyPlaces.class);

    private final Path file;
    private final Set<FramePlace> places = ConcurrentHashMap.newKeySet();

    private GuiltyPlaces(Path file) {
        this.file = file;
    }

    /** Reads the file if there is one. If some of it cannot be read, a copy is kept beside it, and it is written anew. */
    static GuiltyPlaces in(Path file) throws IOException {
        GuiltyPlaces guilty = new GuiltyPlaces(file);
        if (!Files.exists(file)) {
            return guilty;
        }
        // Any bytes are text in this encoding.
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        lines.stream().map(FramePlace::parse).flatMap(Optional::stream).forEach(guilty.places::add);
        long damaged =
                lines.stream().map(FramePlace::parse).filter(Optional::isEmpty).count();
        if (damaged > 0) {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            try (OutputStream out = PrivateFiles.write(aside)) {
                Files.copy(file, out);
            }
            guilty.writeAll();
            LOG.warn(
                    "expected lines of topic, partition and offset in {}, found {} of {} that are not; they are left out,"
                            + " and the file as it was is {}",
                    file,
                    damaged,
                    lines.size(),
                    aside);
        }
        return guilty;
    }

    private void writeAll() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        String lines = places.stream().map(place -> place + "\n").sorted().collect(Collectors.joining());
        try (OutputStream out = PrivateFiles.write(next)) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    boolean contains(FramePlace place) {
        return places.contains(place);
    }

    void add(FramePlace place) {
        places.add(place);
        try (FileChannel out = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(ByteBuffer.wrap((place + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException("cannot write " + file + ": " + FileFault.text(e), e);
        }
    }
}
