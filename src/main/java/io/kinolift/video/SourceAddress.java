package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;

/**
 * A source as FFmpeg opens it.
 *
 * @param url file: and a path, a URL, or a pattern of pictures
 * @param format FFmpeg's name of the container, or empty
 * @param options for FFmpeg; those that nobody asked for may find no use
 */
record SourceAddress(String url, String format, Map<String, String> options, Kind kind) {
    private static final String FILE = "file:";
    private static final Path STDIN = Path.of("/dev/stdin");
    private static final String PATTERN_TYPE = "pattern_type";
    /** A server that says nothing for so long is gone. FFmpeg would wait without end. */
    private static final String NETWORK_MICROS = "30000000";

    /** FFmpeg takes the name of a picture with one of these in it for the names of many. */
    private static final Pattern STILL_LIKE_MANY =
            Pattern.compile(".*[%*?\\[{].*\\.(png|jpe?g|webp|bmp|tiff?|ppm|pgm|exr|jp2|tga)", Pattern.CASE_INSENSITIVE);

    private static final Pattern GLOB = Pattern.compile(".*[*?\\[{].*");

    /** They reach into this machine, or into others of these. */
    private static final Set<String> NOT_REMOTE = Set.of(
            "async", "cache", "concat", "concatf", "crypto", "data", "fd", "file", "hls", "pipe", "subfile", "unix");

    private static final Set<String> OPENING_PORTS = Set.of("rtsp", "rtsps", "satip", "rtp", "srtp", "sap");

    enum Kind {
        FILE,
        PICTURES,
        /** A pipe or a device: read once, from its beginning to its end. */
        PIPE,
        URL
    }

    /** The file that is read, which may name others in its folder; null if it is no file, or nobody knows its folder. */
    Path file() {
        return kind == Kind.FILE && !url.equals(FILE + STDIN) ? Path.of(url.substring(FILE.length())) : null;
    }

    /** Protocols whose addresses the source may name, because it has come by them. */
    Set<String> ownProtocols() {
        String protocol = kind == Kind.URL ? url.substring(0, Math.max(0, url.indexOf(':'))) : "";
        // FFmpeg has no such protocol as rtsp, only a container.
        String known = avformat.avio_find_protocol_name(url);
        if (protocol.isEmpty() || (known != null && NOT_REMOTE.contains(known))) {
            return Set.of();
        }
        return protocol.equals("http") ? Set.of("http", "https") : Set.of(protocol);
    }

    /** Whether it is a stream that is received on ports. */
    boolean opensPorts() {
        return ownProtocols().stream().anyMatch(OPENING_PORTS::contains);
    }

    /** @throws VideoException if there is nothing of that name */
    static SourceAddress of(Source source) throws VideoException {
        if (source.name().equals(Source.STDIN)) {
            // A file that the shell opens can be read more than once, a pipe cannot.
            return Files.isRegularFile(STDIN) ? of(source, FILE + STDIN, Kind.FILE) : of(source, "pipe:0", Kind.PIPE);
        }
        Path path = path(source.name());
        if (source.name().startsWith(FILE) && (path == null || !Files.exists(path))) {
            path = path(source.name().substring(FILE.length()));
        }
        if (path != null && Files.exists(path)) {
            return existing(source, path);
        }
        Optional<PictureNames> names = PictureNames.of(source.name());
        if (isUrl(source.name())) {
            if (source.name().matches("hls[+:].*")) {
                throw new VideoException(
                        source + ": expected the address without hls+ before it, found an old reader of"
                                + " playlists that opens every file they name");
            }
            SourceAddress address = of(source, source.name(), Kind.URL);
            address.options.putIfAbsent("rw_timeout", NETWORK_MICROS);
            if (isRtsp(source.name())) {
                // FFmpeg tries UDP first, and its limit has another name: without one a silent camera holds it for
                // ever.
                address.options.putIfAbsent("rtsp_transport", "tcp");
                address.options.putIfAbsent("timeout", NETWORK_MICROS);
            }
            return address;
        } else if (names.isPresent()) {
            SourceAddress address = of(source, names.get().pattern(names.get().folder()), "image2", Kind.PICTURES);
            address.options.putIfAbsent(
                    "start_number", Long.toString(names.get().first()));
            address.options.putIfAbsent(PATTERN_TYPE, "sequence");
            return address;
        } else if (path != null && GLOB.matcher(path.getFileName().toString()).matches()) {
            SourceAddress address = of(source, path.toAbsolutePath().toString(), "image2", Kind.PICTURES);
            address.options.putIfAbsent(PATTERN_TYPE, "glob");
            return address;
        }
        throw new VideoException("expected a video at " + source.name() + ", found nothing");
    }

    private static SourceAddress existing(Source source, Path path) throws VideoException {
        if (Files.isDirectory(path)) {
            throw new VideoException(
                    source + ": expected a file, found a directory (its pictures are " + path.resolve("*.png") + ")");
        }
        if (!Files.isReadable(path)) {
            throw new VideoException(source + ": expected a file that may be read, found one that may not");
        }
        if (Files.isRegularFile(path)) {
            if (path.toFile().length() == 0) {
                throw new VideoException(source + ": expected a video, found an empty file");
            }
            boolean still =
                    STILL_LIKE_MANY.matcher(path.getFileName().toString()).matches();
            SourceAddress address = of(source, FILE + path, still ? "image2" : "", Kind.FILE);
            // Whatever FFmpeg takes it for.
            address.options.putIfAbsent(PATTERN_TYPE, "none");
            return address;
        }
        if (path.startsWith("/dev") && path.getFileName().toString().startsWith("video")) {
            avdevice.avdevice_register_all();
            return of(source, path.toString(), "v4l2", Kind.PIPE);
        }
        return of(source, FILE + path, Kind.PIPE);
    }

    private static SourceAddress of(Source source, String url, Kind kind) {
        return of(source, url, "", kind);
    }

    private static SourceAddress of(Source source, String url, String format, Kind kind) {
        return new SourceAddress(
                url, source.format().isEmpty() ? format : source.format(), new HashMap<>(source.options()), kind);
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException _) {
            return null;
        }
    }

    static boolean isRtsp(String name) {
        return name.startsWith("rtsp://") || name.startsWith("rtsps://");
    }

    private static boolean isUrl(String name) {
        if (name.indexOf(':') < 2) {
            return false;
        }
        Ffmpeg.quiet();
        String protocol = avformat.avio_find_protocol_name(name);
        boolean known = protocol != null && !protocol.equals("file");
        // RTSP is a container to FFmpeg, and no protocol. What it does not know at all is its to name.
        return known || name.contains("://");
    }
}
