package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** What a container is called, and which of them are no videos of the usual kind: pictures and uncompressed samples. */
final class OutputFormat {
    private static final String PICTURES = "image2";
    private static final String PLAYLIST = "hls";

    /** FFmpeg's names of containers, and a file name extension that stands for each. */
    private static final Map<String, String> EXTENSIONS =
            Map.of("matroska", "mkv", "nut", "mkv", "mpegts", "ts", "yuv4mpegpipe", "y4m", "rawvideo", "yuv");

    private OutputFormat() {}

    /**
     * The container of a name.
     *
     * @param name FFmpeg's name of a container, or a file name or extension that implies one
     */
    static AVOutputFormat find(String name) throws VideoException {
        Ffmpeg.quiet();
        AVOutputFormat format = avformat.av_guess_format(name, null, null);
        if (format == null) {
            format = avformat.av_guess_format(null, name.endsWith(".raw") ? "video.yuv" : "video." + name, null);
        }
        if (format == null) {
            throw new VideoException("expected a container that FFmpeg writes, found \"" + name + "\"");
        }
        if (opensItsFiles(format) && !isPictures(format) && !isPlaylist(format)) {
            throw new VideoException("expected a container of one file, found "
                    + format.name().getString() + " (FFmpeg's program makes it of a finished file)");
        }
        return format;
    }

    /** Whether it is pictures with a file each; FFmpeg opens these files itself. */
    static boolean isPictures(AVOutputFormat format) {
        return format.name().getString().equals(PICTURES);
    }

    /** Whether a container's name means pictures with a file each. */
    static boolean isPictures(String name) throws VideoException {
        return isPictures(find(name));
    }

    /** Whether it is a playlist of HTTP live streaming and the segments that it names. */
    static boolean isPlaylist(AVOutputFormat format) {
        return format.name().getString().equals(PLAYLIST);
    }

    /** Whether FFmpeg opens the files itself, as it opens each. */
    static boolean opensItsFiles(AVOutputFormat format) {
        return (format.flags() & avformat.AVFMT_NOFILE) != 0;
    }

    static boolean holdsSound(AVOutputFormat format) {
        return !isWithoutTimes(format) && format.audio_codec() != avcodec.AV_CODEC_ID_NONE;
    }

    static boolean isUncompressed(AVOutputFormat format) {
        String name = format.name().getString();
        return name.equals("yuv4mpegpipe") || name.equals("rawvideo");
    }

    /** Whether pictures follow each other at one rate, and no time is written. */
    static boolean isWithoutTimes(AVOutputFormat format) {
        return isPictures(format) || isUncompressed(format);
    }

    /** A file name extension, where FFmpeg's name of a container has none. */
    static String extension(String name) {
        return EXTENSIONS.getOrDefault(name, name).toLowerCase(Locale.ROOT);
    }

    /** The only codecs of a container that is made for one kind of picture; empty for all others. */
    static List<String> onlyCodecs(String name) {
        AVOutputFormat format;
        try {
            format = find(name);
        } catch (VideoException _) {
            return List.of();
        }
        return switch (format.name().getString()) {
            case "yuv4mpegpipe", "rawvideo" -> List.of("rawvideo");
            case "gif" -> List.of("gif");
            case "apng" -> List.of("apng");
            case "webp" -> List.of("libwebp_anim");
            case PICTURES -> {
                int codec = avformat.av_guess_codec(format, PICTURES, name, null, avutil.AVMEDIA_TYPE_VIDEO);
                yield List.of(
                        codec == avcodec.AV_CODEC_ID_WEBP
                                ? "libwebp"
                                : avcodec.avcodec_get_name(codec).getString());
            }
            default -> List.of();
        };
    }
}
