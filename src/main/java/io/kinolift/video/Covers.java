package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Cover pictures. In mp4 they are streams of one packet. In Matroska they are attachments. */
final class Covers {
    private static final Map<Integer, String> TYPES = Map.of(
            avcodec.AV_CODEC_ID_MJPEG, "image/jpeg",
            avcodec.AV_CODEC_ID_PNG, "image/png",
            avcodec.AV_CODEC_ID_BMP, "image/bmp",
            avcodec.AV_CODEC_ID_GIF, "image/gif",
            avcodec.AV_CODEC_ID_TIFF, "image/tiff",
            avcodec.AV_CODEC_ID_WEBP, "image/webp");

    private final AVFormatContext output;
    private final ContainerRules rules;
    private final List<Cover> waiting = new ArrayList<>();

    private record Cover(AVPacket picture, PacketSink sink) {}

    Covers(AVFormatContext output, ContainerRules rules) {
        this.output = output;
        this.rules = rules;
    }

    /** Adds a stream to the output; false where the container has no place for it. */
    boolean add(AVStream from) {
        boolean chapters = (from.disposition() & avformat.AV_DISPOSITION_TIMED_THUMBNAILS) != 0;
        if (chapters || from.attached_pic().size() == 0 || !TYPES.containsKey(codec(from))) {
            return false;
        }
        if (rules.isMatroska()) {
            attach(from);
            return true;
        }
        if (!rules.holdsCovers() || !rules.holds(from.codecpar())) {
            return false;
        }
        AVStream to = avformat.avformat_new_stream(output, null);
        avcodec.avcodec_parameters_copy(to.codecpar(), from.codecpar());
        to.codecpar().codec_tag(0);
        to.time_base(from.time_base());
        to.disposition(avformat.AV_DISPOSITION_ATTACHED_PIC);
        to.metadata(Tags.dictionary(Tags.lasting(from.metadata())));
        waiting.add(new Cover(from.attached_pic(), new PacketSink(output, to)));
        return true;
    }

    private void attach(AVStream from) {
        AVStream to = avformat.avformat_new_stream(output, null);
        AVPacket picture = from.attached_pic();
        String type = TYPES.get(codec(from));
        Pointer bytes = avutil.av_mallocz(picture.size() + (long) avcodec.AV_INPUT_BUFFER_PADDING_SIZE);
        Pointer.memcpy(bytes, picture.data(), picture.size());
        to.codecpar()
                .codec_type(avutil.AVMEDIA_TYPE_ATTACHMENT)
                .codec_id(codec(from))
                .extradata(new BytePointer(bytes))
                .extradata_size(picture.size());
        Map<String, String> tags = new LinkedHashMap<>(Tags.lasting(from.metadata()));
        tags.putIfAbsent(
                "filename", "cover." + type.substring(type.indexOf('/') + 1).replace("jpeg", "jpg"));
        tags.put("mimetype", type);
        to.metadata(Tags.dictionary(tags));
    }

    private static int codec(AVStream stream) {
        return stream.codecpar().codec_id();
    }

    boolean areWrittenAsStreams() {
        return !waiting.isEmpty();
    }

    /** Writes the pictures; once, after the header. */
    void write() throws VideoException {
        for (Cover cover : waiting) {
            AVPacket packet = avcodec.av_packet_clone(cover.picture());
            try {
                packet.pts(0).dts(0).duration(0);
                packet.flags(packet.flags() | avcodec.AV_PKT_FLAG_KEY);
                cover.sink().writeAsTimed(packet);
            } finally {
                avcodec.av_packet_free(packet);
            }
        }
    }
}
