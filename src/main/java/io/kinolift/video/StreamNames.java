package io.kinolift.video;

import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** What streams are called in messages. */
final class StreamNames {
    private StreamNames() {}

    static String kindOf(AVStream stream) {
        return switch (stream.codecpar().codec_type()) {
            case avutil.AVMEDIA_TYPE_ATTACHMENT -> "attachment";
            case avutil.AVMEDIA_TYPE_VIDEO -> "video stream";
            case avutil.AVMEDIA_TYPE_SUBTITLE -> "subtitle stream";
            case avutil.AVMEDIA_TYPE_AUDIO -> "audio stream";
            default -> "data stream";
        };
    }

    static String nameOf(AVStream stream) {
        Map<String, String> tags = Tags.all(stream.metadata());
        String codec = codecName(stream.codecpar());
        return tags.containsKey("filename")
                ? tags.get("filename")
                : String.join(" ", tags.getOrDefault("language", ""), codec.equals("none") ? "" : codec)
                        .strip();
    }

    static String codecName(AVCodecParameters parameters) {
        return avcodec.avcodec_get_name(parameters.codec_id()).getString();
    }
}
