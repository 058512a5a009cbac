package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.global.avformat;

/**
 * Which addresses the files of a source may name: playlists, scripts and containers name others, and whoever wrote them need
 * not be the one who reads them. A local file may name files below its own folder, a remote one addresses of its own
 * protocol, and what comes through a pipe nothing. The host may be another, because playlists name those that serve their
 * segments.
 *
 * @param source for messages
 * @param main the source itself, as FFmpeg opens it
 * @param folders real paths; files below them may be named
 * @param protocols may be named
 * @param allowed what is in {@code folders} and {@code protocols} because the user allows it
 * @param byPattern whether all local files are those that the user's pattern matches
 */
record NamingRule(
        String source, String main, List<Path> folders, Set<String> protocols, Allowed allowed, boolean byPattern) {
    private static final String FILE = "file:";
    private static final int LONGEST_NAME = 200;

    static NamingRule of(Source source, SourceAddress address) throws VideoException {
        List<Path> folders = new ArrayList<>();
        if (address.file() != null) {
            folders.add(real(address.file().toAbsolutePath().getParent()));
        }
        for (Path folder : source.allowed().folders()) {
            if (!Files.isDirectory(folder)) {
                throw new VideoException("expected a folder for --allow-files, found " + folder);
            }
            folders.add(real(folder));
        }
        Set<String> protocols = new HashSet<>(source.allowedProtocols());
        protocols.addAll(address.ownProtocols());
        boolean byPattern = address.kind() == SourceAddress.Kind.PICTURES
                && address.format().equals("image2");
        return new NamingRule(source.toString(), address.url(), folders, protocols, source.allowed(), byPattern);
    }

    /** Why an address must not be opened, in one line; empty if it may. */
    Optional<String> refusal(String url) {
        if (url.equals(main)) {
            return Optional.empty();
        }
        // FFmpeg's own idea of what a protocol is: subfile,,:x has one, and C:x has none.
        String protocol = avformat.avio_find_protocol_name(url);
        return switch (protocol) {
            case null -> Optional.of(refused(url, ""));
            case "data" -> Optional.empty();
            case "crypto" -> refusal(url.substring("crypto:".length()));
            case "file" -> refusalOfFile(url.startsWith(FILE) ? url.substring(FILE.length()) : url);
            default ->
                protocols.contains(protocol)
                        ? Optional.empty()
                        : Optional.of(refused(url, allowed.hint("--allow-protocols " + protocol)));
        };
    }

    private Optional<String> refusalOfFile(String name) {
        if (byPattern) {
            return Optional.empty();
        }
        if (name.indexOf('\uFFFD') >= 0) {
            // Not UTF-8: the system would open another name than this one.
            return Optional.of(refused(name, ""));
        }
        try {
            Path path = Path.of(name);
            // FFmpeg removes .. from some names before it opens them, the system follows links first.
            Optional<String> kernel = refusalOfFile(name, real(path));
            return kernel.isPresent() ? kernel : refusalOfFile(name, real(path.normalize()));
        } catch (InvalidPathException _) {
            return Optional.of(refused(name, ""));
        }
    }

    private Optional<String> refusalOfFile(String name, Path real) {
        if (folders.stream().noneMatch(real::startsWith)) {
            boolean link = !real.equals(Path.of(name).toAbsolutePath().normalize());
            return Optional.of(refused(
                    name + (link ? ", which leads to " + real : ""),
                    allowed.hint("--allow-files " + printable(String.valueOf(real.getParent())))));
        }
        return Files.exists(real) && !Files.isRegularFile(real)
                ? Optional.of(refused(name + ", which is no file", ""))
                : Optional.empty();
    }

    private String refused(String found, String way) {
        return source + ": expected it to name " + expected() + ", found " + printable(found) + way;
    }

    private String expected() {
        List<String> all = new ArrayList<>();
        folders.forEach(folder -> all.add("files below " + folder));
        new TreeSet<>(protocols).forEach(protocol -> all.add(protocol + " addresses"));
        return all.isEmpty() ? "no other files" : "only " + String.join(" or ", all);
    }

    /** Names come from files that nobody has looked at, and messages go to terminals. */
    static String printable(String name) {
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    /** Without links; of a file that is not there, its folder without links. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath();
        try {
            return absolute.toRealPath();
        } catch (IOException _) {
            Path parent = absolute.getParent();
            return parent == null || absolute.getFileName() == null
                    ? absolute.normalize()
                    : real(parent).resolve(absolute.getFileName()).normalize();
        }
    }
}
