package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.PixelFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The codecs that suit a file name, best first: those that most players know, without any that would lose depth or
 * chroma. The H.264 encoder at hand takes 4:2:0 of 8 bits only, up to a size of 4K; AV1 takes up to 12 bits, but QuickTime
 * cannot hold it.
 */
final class UsualCodecs {
    private UsualCodecs() {}

    /** For pictures of 4:2:0 and 8 bits: mjpeg for avi, vp9 for webm, else h264. */
    static String common(String file) {
        return groups(file, PixelFormat.YUV420P).getFirst().getFirst();
    }

    /**
     * Those that take the pictures of the settings without loss.
     *
     * @param alpha whether they have to hold alpha; else pictures are taken for opaque
     */
    static List<String> of(VideoSettings settings, boolean alpha) {
        List<String> only = OutputFormat.onlyCodecs(settings.container());
        if (!only.isEmpty()) {
            return only;
        }
        PixelFormat format = settings.pixelFormat();
        List<String> codecs = new ArrayList<>();
        for (List<String> group : groups(settings.container(), alpha ? format : format.opaque())) {
            group.stream()
                    .filter(codec -> cost(codec, settings, alpha).isPresent())
                    .sorted(Comparator.comparingInt(
                            codec -> cost(codec, settings, alpha).getAsInt() / LayoutCost.CHANGE))
                    .forEach(codecs::add);
        }
        return codecs;
    }

    /** Words about those that take the pictures, but not all of their bits or chroma; empty if there is none. */
    static String withLoss(VideoSettings settings) {
        List<String> names = groups(settings.container(), settings.pixelFormat()).stream()
                .flatMap(List::stream)
                .filter(codec -> takes(codec, settings))
                .toList();
        return names.isEmpty() ? "" : "; --video-codec " + String.join(" or ", names) + " reduces them";
    }

    private static boolean takes(String codec, VideoSettings settings) {
        try {
            EncoderFormat.of(VideoEncoder.find(codec), settings.withVideoCodec(codec));
            return true;
        } catch (VideoException _) {
            return false;
        }
    }

    private static OptionalInt cost(String codec, VideoSettings settings, boolean alpha) {
        try {
            return EncoderFormat.lossless(VideoEncoder.find(codec), settings, alpha)
                    .map(format -> OptionalInt.of(format.cost()))
                    .orElse(OptionalInt.empty());
        } catch (VideoException _) {
            return OptionalInt.empty();
        }
    }

    /** Of the codecs of a group, the one that changes pictures least comes first; a later group is for refused sizes. */
    private static List<List<String>> groups(String file, PixelFormat format) {
        String name = OutputFormat.extension(file);
        boolean common = format == PixelFormat.YUV420P || format == PixelFormat.NV12 || format == PixelFormat.GRAY8;
        boolean deep = format.bitDepth() > Byte.SIZE;
        if (name.endsWith("mkv")) {
            return format == PixelFormat.YUV420P
                    ? List.of(List.of("h264"), List.of("av1"), List.of("ffv1"))
                    : List.of(List.of("ffv1"));
        } else if (name.endsWith("avi")) {
            return List.of(deep ? List.of("ffv1") : List.of("mjpeg", "ffv1"));
        } else if (name.endsWith("webm")) {
            return deep ? List.of(List.of("av1")) : List.of(List.of("vp9"), List.of("av1"));
        } else if (name.endsWith("mov")) {
            return common
                    ? List.of(List.of("h264"), List.of("prores_ks"))
                    : List.of(List.of("prores_ks", "png", "mjpeg"));
        }
        return common ? List.of(List.of("h264"), List.of("av1")) : List.of(List.of("av1"));
    }
}
