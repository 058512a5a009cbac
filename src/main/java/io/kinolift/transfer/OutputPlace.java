package io.kinolift.transfer;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.video.PictureNames;
import io.kinolift.video.Segments;
import io.kinolift.video.VideoWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a video is written to. A file, or the pictures of a sequence, have a temporary place beside the final one until all
 * is there: nothing incomplete looks complete. A pipe or device gets its bytes at once. A playlist and its segments have
 * their names from the start, so that players can follow; it says itself when it is complete.
 *
 * @param name a path, a pattern of pictures such as frame_%04d.png, or {@code -} for standard output
 * @param container FFmpeg's name of the container, or a file name that implies it
 */
public record OutputPlace(String name, String container) {
    /** Stands for standard output. */
    public static final String STDOUT = "-";

    private static final String SUFFIX = ".partial";

    /**
     * Looks at a place.
     *
     * @param format FFmpeg's name of the container; empty if the name implies it
     * @throws TransferException if nothing can be written there
     */
    public static OutputPlace of(String name, String format) throws TransferException {
        if (name.equals(STDOUT)) {
            if (format.isEmpty()) {
                throw new UnusablePlaceException("expected --output-format for standard output, such as matroska, mp4,"
                        + " mpegts, yuv4mpegpipe or rawvideo, found none");
            }
            return new OutputPlace(name, format);
        }
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new UnusablePlaceException("expected a file to write, found " + name + ": " + e.getReason());
        }
        if (path.getFileName() == null || Files.isDirectory(path)) {
            throw new UnusablePlaceException("expected a file to write, found the directory " + name);
        }
        OutputPlace place =
                new OutputPlace(name, format.isEmpty() ? path.getFileName().toString() : format);
        if (!place.isDirect()) {
            requireFolder(path.toAbsolutePath().getParent());
        } else if (!Files.isWritable(path)) {
            throw new UnusablePlaceException("expected " + name + " to be writable, found that it is not");
        }
        return place;
    }

    private static void requireFolder(Path folder) throws TransferException {
        if (!Files.isDirectory(folder)) {
            throw new UnusablePlaceException("expected a folder " + folder + " to write to, found none");
        }
        if (!Files.isWritable(folder)) {
            throw new UnusablePlaceException("expected a folder that may be written to, found " + folder);
        }
    }

    @Override
    public String toString() {
        return isStdout() ? "standard output" : name;
    }

    public boolean isStdout() {
        return name.equals(STDOUT);
    }

    /** Whether bytes go where they belong at once, because there is no place beside it. */
    boolean isDirect() {
        Path path = isStdout() ? null : Path.of(name);
        return path == null || (Files.exists(path) && !Files.isRegularFile(path));
    }

    private boolean isPlaylist() {
        try {
            return !isDirect() && VideoWriter.writesPlaylist(container);
        } catch (VideoException _) {
            return false;
        }
    }

    /** Pictures with a file each, if the name has a place for a number. */
    private Optional<PictureNames> pictures() {
        try {
            return !isDirect() && VideoWriter.writesPictures(container) ? PictureNames.of(name) : Optional.empty();
        } catch (VideoException _) {
            return Optional.empty();
        }
    }

    /** Whether it takes one picture only. */
    boolean isOnePicture() {
        try {
            return !isDirect()
                    && VideoWriter.writesPictures(container)
                    && pictures().isEmpty();
        } catch (VideoException _) {
            return false;
        }
    }

    /**
     * What is there already and would be replaced; null if nothing is.
     *
     * @throws TransferException if the folder cannot be read
     */
    public String existing() throws TransferException {
        if (isDirect()) {
            return null;
        }
        Optional<PictureNames> pictures = pictures();
        try {
            if (pictures.isEmpty()) {
                boolean exists = Files.exists(Path.of(name), LinkOption.NOFOLLOW_LINKS);
                List<Path> segments = isPlaylist() ? Segments.of(Path.of(name)) : List.of();
                return exists
                        ? name
                        : segments.isEmpty() ? null : segments.getFirst().toString();
            }
            List<Long> numbers = pictures.get().numbers();
            return numbers.isEmpty()
                    ? null
                    : pictures.get()
                            .folder()
                            .resolve(pictures.get().at(numbers.getFirst()))
                            .toString();
        } catch (IOException e) {
            throw new UnusablePlaceException("expected a folder that can be read, found " + e.getMessage());
        }
    }

    private Path partial() {
        Path path = Path.of(name);
        return path.resolveSibling("." + path.getFileName() + SUFFIX);
    }

    /** Where to write to, as FFmpeg opens it; makes the temporary folder of pictures. */
    String open() throws TransferException {
        if (isDirect()) {
            return isStdout() ? "pipe:1" : "file:" + name;
        }
        Optional<PictureNames> pictures = pictures();
        try {
            if (isPlaylist()) {
                removePlaylist();
                // FFmpeg names segments by what is behind the last slash.
                return "file:" + Path.of(name).toAbsolutePath();
            }
            // What is there of that name may be a link, and FFmpeg would write to where it leads.
            discard();
        } catch (UncheckedIOException e) {
            throw new UnusablePlaceException("cannot remove " + partial() + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UnusablePlaceException("cannot remove " + name + " and its segments: " + e.getMessage());
        }
        if (pictures.isEmpty()) {
            return isOnePicture() ? partial().toAbsolutePath().toString() : "file:" + partial();
        }
        try {
            return pictures.get().pattern(Files.createDirectory(partial()));
        } catch (IOException e) {
            throw new UnusablePlaceException("cannot make the folder " + partial() + ": " + e.getMessage());
        }
    }

    /** An older one may have more segments, and may be a link. */
    private void removePlaylist() throws IOException {
        Files.deleteIfExists(Path.of(name));
        for (Path segment : Segments.of(Path.of(name))) {
            Files.deleteIfExists(segment);
        }
    }

    /**
     * Gives everything its final name.
     *
     * @return what to tell the user about it, one line each
     */
    List<String> publish() throws TransferException {
        try {
            Optional<PictureNames> pictures = pictures();
            if (isDirect()) {
                return List.of();
            } else if (isPlaylist()) {
                return List.of("segments: " + Segments.of(Path.of(name)).size());
            } else if (pictures.isEmpty()) {
                move(partial(), Path.of(name));
                return List.of();
            }
            return publish(pictures.get());
        } catch (IOException e) {
            throw new UnusablePlaceException("cannot name the output " + name + ": " + e.getMessage());
        }
    }

    private List<String> publish(PictureNames names) throws IOException, TransferException {
        List<Path> made;
        try (Stream<Path> files = Files.list(partial())) {
            made = files.sorted().toList();
        }
        List<Long> before = names.numbers();
        for (Path file : made) {
            move(file, names.folder().resolve(file.getFileName()));
        }
        discard();
        List<Long> all = names.numbers();
        List<String> remarks = new ArrayList<>();
        remarks.add("pictures " + names.at(1) + " to " + names.at(made.size()));
        if (all.size() > made.size()) {
            remarks.add(all.size() - made.size() + " of " + before.size() + " older pictures of the same names stay: "
                    + names.at(all.getLast()) + " is one");
        }
        return remarks;
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what is not finished. */
    void discard() {
        if (isDirect() || isPlaylist()) {
            return;
        }
        Path partial = partial();
        try {
            if (Files.isDirectory(partial, LinkOption.NOFOLLOW_LINKS)) {
                List<Path> files;
                try (Stream<Path> all = Files.list(partial)) {
                    files = all.toList();
                }
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
