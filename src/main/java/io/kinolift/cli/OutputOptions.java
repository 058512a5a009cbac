package io.kinolift.cli;

import io.kinolift.transfer.OutputPlace;
import io.kinolift.transfer.TransferException;
import io.kinolift.video.Background;
import io.kinolift.video.EncoderChoice;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How a video is written; FFmpeg's names. */
final class OutputOptions {
    private static final Pattern BITRATE = Pattern.compile("(\\d{1,12})(\\.\\d{1,6})?([kMG]?)");

    @Option(
            names = "--output-format",
            paramLabel = "NAME",
            defaultValue = "",
            description = "FFmpeg's name of the container: matroska, mp4, mpegts, yuv4mpegpipe, rawvideo, image2, ..."
                    + " (default: by the name of OUT)")
    private String format;

    @Option(
            names = "--video-codec",
            paramLabel = "CODEC",
            defaultValue = "",
            description =
                    "FFmpeg's name of the codec to write: h264, ffv1, av1, mjpeg, vp9, h264_nvenc, ...; of collect also"
                            + " copy, frames as they are (default: by container and pixel format)")
    private String codec;

    @Option(
            names = "--bitrate",
            paramLabel = "N",
            description = "bits per second of the video, such as 8M or 500k (default: as --quality needs)")
    private String bitrate;

    @Option(
            names = "--encoder-option",
            paramLabel = "NAME=VALUE",
            description = "FFmpeg's option of the encoder, such as g=50; may be repeated")
    private Map<String, String> options = Map.of();

    @Option(
            names = "--background",
            paramLabel = "COLOUR",
            converter = BackgroundConverter.class,
            description =
                    "#rrggbb: compose transparent pictures over it (default: keep alpha where OUT can hold it, else"
                            + " black)")
    private Background background;

    @Option(names = "--overwrite", description = "replace OUT if it exists")
    private boolean overwrite;

    OutputPlace place(String name) throws TransferException {
        return OutputPlace.of(name, format);
    }

    /** @throws UsageException if OUT exists and is not to be replaced */
    void requireReplaceable(OutputPlace place) throws TransferException {
        String existing = place.existing();
        if (existing != null && !overwrite) {
            throw new UsageException(existing + " exists; --overwrite replaces it");
        }
    }

    boolean overwrite() {
        return overwrite;
    }

    EncoderChoice encoder() {
        return new EncoderChoice(codec, bitrate == null ? 0 : bits(bitrate), options, background);
    }

    /**
     * Refuses options of an encoder.
     *
     * @param quality whether there is one
     */
    void requireNothingToEncode(boolean quality) {
        String found = quality
                ? "--quality"
                : bitrate != null
                        ? "--bitrate"
                        : !options.isEmpty() ? "--encoder-option" : background != null ? "--background" : null;
        if (found != null) {
            throw new UsageException("expected no option of an encoder with --video-codec copy, found " + found);
        }
    }

    static long bits(String text) {
        var matcher = BITRATE.matcher(text);
        double factor = 0;
        if (matcher.matches()) {
            factor = switch (matcher.group(3)) {
                case "k" -> 1e3;
                case "M" -> 1e6;
                case "G" -> 1e9;
                default -> 1;
            };
        }
        double bits = factor == 0 ? 0 : factor * Double.parseDouble(text.replaceAll("[kMG]", ""));
        if (bits < 1 || bits > Integer.MAX_VALUE) {
            throw new UsageException(String.format(
                    Locale.ROOT,
                    "expected a --bitrate from 1 to %d bits per second, such as 8M or 500k, found %s",
                    Integer.MAX_VALUE,
                    text));
        }
        return Math.round(bits);
    }
}
