package io.kinolift.video;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a video comes from, and what its bytes do not say themselves. A name that exists is that file, pipe or device, even
 * with a colon or a percent sign in it. Another is a URL if it begins with a protocol of FFmpeg, or the names of several
 * pictures: {@code frame_%04d.png} are numbered ones, {@code *.png} are in the order of their names.
 *
 * @param name a path, a URL, a pattern, {@code -} for standard input, or FFmpeg's filters ({@link PictureSource#FILTERS})
 * @param format FFmpeg's name of the container; empty if it is to be found out
 * @param options FFmpeg's options of the container and the protocol, such as video_size of rawvideo
 * @param allowed what its files may name besides their own folder
 * @param rest packets that a reader of its pictures has set aside, because it cannot be read twice; null if it can
 */
public record Source(
        String name,
        String format,
        Map<String, String> options,
        Deinterlace deinterlace,
        Allowed allowed,
        PacketsAside rest) {
    /** Stands for standard input. */
    public static final String STDIN = "-";

    private static final Pattern PASSWORD = Pattern.compile("(?<=^[a-z0-9+]{2,20}://)([^:/@]*):.*@(?=[^/@]*(/|$))");

    public Source {
        options = Map.copyOf(options);
    }

    public Source(String name, String format, Map<String, String> options, Deinterlace deinterlace) {
        this(name, format, options, deinterlace, Allowed.NOTHING);
    }

    public Source(String name, String format, Map<String, String> options, Deinterlace deinterlace, Allowed allowed) {
        this(name, format, options, deinterlace, allowed, null);
    }

    /** The same, read by what a reader has set aside. */
    Source withRest(PacketsAside packets) {
        return new Source(name, format, options, deinterlace, allowed, packets);
    }

    /** Protocols that the user names, here or in the words of FFmpeg's program. Files are a matter of folders. */
    Set<String> allowedProtocols() {
        Set<String> all = new HashSet<>(allowed.protocols());
        all.addAll(List.of(options.getOrDefault("protocol_whitelist", "").split(",")));
        all.removeAll(Set.of("", "file"));
        return all;
    }

    /** A source that says everything itself; interlaced video is refused. */
    public static Source of(String name) {
        return new Source(name, "", Map.of(), Deinterlace.REFUSE);
    }

    /** As {@link #of(String)}, with names that its files may name. */
    public static Source of(String name, Allowed allowed) {
        return new Source(name, "", Map.of(), Deinterlace.REFUSE, allowed);
    }

    /** Whether it is received by RTSP. */
    public boolean isRtsp() {
        return SourceAddress.isRtsp(name);
    }

    /** The name in messages: without the password that an address may have. */
    @Override
    public String toString() {
        return name.equals(STDIN) ? "standard input" : PASSWORD.matcher(name).replaceFirst("$1:***@");
    }
}
