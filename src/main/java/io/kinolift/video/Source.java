package io.kinolift.video;

import java.util.Map;

/**
 * Where a video comes from, and what its bytes do not say themselves. A name that exists is that file, pipe or device, even
 * with a colon or a percent sign in it. Another is a URL if it begins with a protocol of FFmpeg, or the names of several
 * pictures: {@code frame_%04d.png} are numbered ones, {@code *.png} are in the order of their names.
 *
 * @param name a path, a URL, a pattern, {@code -} for standard input, or FFmpeg's filters ({@link PictureSource#FILTERS})
 * @param format FFmpeg's name of the container; empty if it is to be found out
 * @param options FFmpeg's options of the container and the protocol, such as video_size of rawvideo
 * @param rest packets that a reader of its pictures has set aside, because it cannot be read twice; null if it can
 */
public record Source(
        String name, String format, Map<String, String> options, Deinterlace deinterlace, PacketsAside rest) {
    /** Stands for standard input. */
    public static final String STDIN = "-";

    public Source {
        options = Map.copyOf(options);
    }

    public Source(String name, String format, Map<String, String> options, Deinterlace deinterlace) {
        this(name, format, options, deinterlace, null);
    }

    /** A source that says everything itself; interlaced video is refused. */
    public static Source of(String name) {
        return new Source(name, "", Map.of(), Deinterlace.REFUSE);
    }

    @Override
    public String toString() {
        return name.equals(STDIN) ? "standard input" : name;
    }
}
