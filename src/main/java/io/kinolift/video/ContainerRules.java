package io.kinolift.video;

import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** What a container can hold beside the pictures. FFmpeg is asked; what follows here is what it does not know. */
final class ContainerRules {
    /** FFmpeg puts any codec into MPEG-TS, but it and others can read back only these. */
    private static final Set<Integer> IN_TRANSPORT_STREAMS = Set.of(
            avcodec.AV_CODEC_ID_MPEG1VIDEO,
            avcodec.AV_CODEC_ID_MPEG2VIDEO,
            avcodec.AV_CODEC_ID_MPEG4,
            avcodec.AV_CODEC_ID_H264,
            avcodec.AV_CODEC_ID_HEVC,
            avcodec.AV_CODEC_ID_VVC,
            avcodec.AV_CODEC_ID_VC1,
            avcodec.AV_CODEC_ID_MP1,
            avcodec.AV_CODEC_ID_MP2,
            avcodec.AV_CODEC_ID_MP3,
            avcodec.AV_CODEC_ID_AAC,
            avcodec.AV_CODEC_ID_AAC_LATM,
            avcodec.AV_CODEC_ID_AC3,
            avcodec.AV_CODEC_ID_EAC3,
            avcodec.AV_CODEC_ID_DTS,
            avcodec.AV_CODEC_ID_TRUEHD,
            avcodec.AV_CODEC_ID_OPUS,
            avcodec.AV_CODEC_ID_S302M,
            avcodec.AV_CODEC_ID_DVB_SUBTITLE,
            avcodec.AV_CODEC_ID_DVB_TELETEXT,
            avcodec.AV_CODEC_ID_HDMV_PGS_SUBTITLE,
            avcodec.AV_CODEC_ID_SMPTE_KLV,
            avcodec.AV_CODEC_ID_TIMED_ID3);

    /** Keys of files that iTunes' list in mp4 has a place for; FFmpeg drops the others unless told to use Apple's keys. */
    private static final Set<String> IN_ITUNES_LIST = Set.of(
            "title",
            "artist",
            "album_artist",
            "composer",
            "album",
            "date",
            "comment",
            "genre",
            "copyright",
            "grouping",
            "lyrics",
            "description",
            "synopsis",
            "show",
            "episode_id",
            "network",
            "keywords",
            "episode_sort",
            "season_number",
            "media_type",
            "hd_video",
            "gapless_playback",
            "compilation",
            "track",
            "disc",
            "creation_time",
            "location",
            "timecode");

    /** The same for the older list in mov. */
    private static final Set<String> IN_QUICKTIME_LIST = Set.of(
            "title",
            "artist",
            "album",
            "date",
            "comment",
            "genre",
            "copyright",
            "creation_time",
            "location",
            "timecode");

    private final AVOutputFormat format;
    private final String name;

    ContainerRules(AVOutputFormat format) {
        this.format = format;
        this.name = format.name().getString().split(",", -1)[0];
    }

    /** In FFmpeg's words. */
    String name() {
        return name;
    }

    boolean isMatroska() {
        return name.equals("matroska");
    }

    /** Whether a stream has a handler, by whose name it is known. */
    boolean namesHandlers() {
        return name.equals("mp4") || name.equals("mov") || name.equals("ipod") || name.equals("3gp");
    }

    /** Whether sound has no times: it begins with the pictures, and goes on without a pause. */
    boolean countsSamples() {
        return name.equals("avi");
    }

    /** Whether the length of sound before time 0, which only decoders need, is stated apart from its times. */
    boolean statesPriming() {
        return isMatroska() || name.equals("webm");
    }

    /** Whether sound before time 0 can be there for the decoder, and not be heard. */
    boolean hidesLead() {
        return statesPriming() || namesHandlers();
    }

    boolean holdsCovers() {
        return name.equals("mp4") || name.equals("ipod");
    }

    /** Whether a stream can be copied, packet for packet. */
    boolean holds(AVCodecParameters parameters) {
        int codec = parameters.codec_id();
        if (parameters.codec_type() == avutil.AVMEDIA_TYPE_ATTACHMENT) {
            return isMatroska();
        }
        if (codec == avcodec.AV_CODEC_ID_NONE || (name.equals("mpegts") && !IN_TRANSPORT_STREAMS.contains(codec))) {
            return false;
        }
        return avformat.avformat_query_codec(format, codec, avcodec.FF_COMPLIANCE_NORMAL) != 0 && begins(parameters);
    }

    /** Whether FFmpeg begins a file with such a stream. */
    private boolean begins(AVCodecParameters parameters) {
        AVFormatContext trial = new AVFormatContext(null);
        AVIOContext memory = new AVIOContext(null);
        if (avformat.avformat_alloc_output_context2(trial, format, (String) null, (String) null) < 0) {
            return false;
        }
        try {
            AVStream stream = avformat.avformat_new_stream(trial, null);
            avcodec.avcodec_parameters_copy(stream.codecpar(), parameters);
            stream.codecpar().codec_tag(0);
            stream.time_base().num(1).den(1000);
            trial.strict_std_compliance(avcodec.FF_COMPLIANCE_UNOFFICIAL);
            avformat.avio_open_dyn_buf(memory);
            trial.pb(memory);
            return avformat.avformat_write_header(trial, (AVDictionary) null) >= 0;
        } finally {
            BytePointer written = new BytePointer((BytePointer) null);
            avformat.avio_close_dyn_buf(memory, written);
            avutil.av_free(written);
            trial.pb(null);
            avformat.avformat_free_context(trial);
        }
    }

    /** FFmpeg's encoder of the text subtitles that the container holds; null if there are none, or it is no text. */
    String subtitleEncoder(AVCodecParameters parameters) {
        AVCodecDescriptor descriptor = avcodec.avcodec_descriptor_get(parameters.codec_id());
        boolean text = descriptor != null && (descriptor.props() & avcodec.AV_CODEC_PROP_TEXT_SUB) != 0;
        if (!text || avcodec.avcodec_find_decoder(parameters.codec_id()) == null) {
            return null;
        }
        return switch (name) {
            case "mp4", "mov", "ipod", "3gp" -> "mov_text";
            case "webm" -> "webvtt";
            case "matroska" -> "ass";
            default -> null;
        };
    }

    /** FFmpeg's encoder of the audio that the container is usually found with. */
    String audioEncoder() {
        return switch (name) {
            case "webm" -> "libopus";
            case "avi" -> "libmp3lame";
            case "matroska" -> "flac";
            default -> "aac";
        };
    }

    /** Options of the container for a file with such tags and, maybe, a cover, which Apple's keys leave no place for. */
    AVDictionary options(Map<String, String> tags, boolean cover) {
        AVDictionary options = new AVDictionary(null);
        boolean apple = (name.equals("mov") && !IN_QUICKTIME_LIST.containsAll(tags.keySet()))
                || (name.equals("mp4") && !cover && !IN_ITUNES_LIST.containsAll(tags.keySet()));
        if (apple) {
            avutil.av_dict_set(options, "movflags", "use_metadata_tags", 0);
        }
        return options;
    }
}
