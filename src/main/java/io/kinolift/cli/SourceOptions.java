package io.kinolift.cli;

import io.kinolift.frame.Rational;
import io.kinolift.video.Deinterlace;
import io.kinolift.video.Source;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a source does not say itself; FFmpeg's names. */
final class SourceOptions {
    @Option(
            names = "--deinterlace",
            paramLabel = "MODE",
            defaultValue = "auto",
            description =
                    "auto: one picture of each frame that is marked as interlaced (default); frame: of each frame;"
                            + " field: of each field, twice the rate; off: frames as they are; refuse: marked frames are an"
                            + " error")
    private Deinterlace deinterlace;

    @Option(
            names = "--input-format",
            paramLabel = "NAME",
            defaultValue = "",
            description = "FFmpeg's name of the input's container, such as rawvideo or mjpeg (default: found out)")
    private String format;

    @Option(names = "--input-size", paramLabel = "WxH", description = "size of raw video, or of a camera's pictures")
    private String size;

    @Option(
            names = "--input-pixel-format",
            paramLabel = "NAME",
            description = "layout of raw video, or of a camera's pictures: FFmpeg's name, such as yuv420p")
    private String pixelFormat;

    @Option(
            names = "--input-rate",
            paramLabel = "N",
            converter = RateConverter.class,
            description = "frames per second of raw video, of pictures or of a camera (raw video and pictures: 25)")
    private Rational rate;

    @Option(
            names = "--input-option",
            paramLabel = "NAME=VALUE",
            description = "FFmpeg's option of the container or protocol, such as rtsp_transport=tcp; may be repeated")
    private Map<String, String> options = Map.of();

    @Option(
            names = "--transport",
            paramLabel = "tcp|udp",
            description = "how an RTSP camera sends: tcp loses nothing on the way, udp waits for nothing (default tcp)")
    private Transport transport;

    /** FFmpeg's names, of those that cameras have. */
    enum Transport {
        TCP,
        UDP
    }

    @Mixin
    private AllowOptions allow;

    Source source(String name) {
        Map<String, String> all = new HashMap<>(options);
        if (transport != null) {
            all.put("rtsp_transport", transport.name().toLowerCase(Locale.ROOT));
        }
        putIfGiven(all, "video_size", size);
        putIfGiven(all, "pixel_format", pixelFormat);
        putIfGiven(all, "framerate", rate == null ? null : rate.numerator() + "/" + rate.denominator());
        Source source = new Source(name, format, all, deinterlace, allow.allowed());
        if (transport != null && !source.isRtsp()) {
            throw new UsageException("expected an address that begins with rtsp:// for --transport, found " + source);
        }
        return source;
    }

    private static void putIfGiven(Map<String, String> all, String name, String value) {
        if (value != null) {
            all.put(name, value);
        }
    }
}
