package io.kinolift.codec;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** Copies the audio packets of a file into another container, unchanged and at their own times. */
final class AudioCopy implements AutoCloseable {
    private final MediaInput input;
    private final AVFormatContext output;
    /** Output streams by input stream. */
    private final Map<Integer, AVStream> targets = new HashMap<>();

    private final AVPacket packet = avcodec.av_packet_alloc();
    private boolean pending;
    private boolean ended;

    /** @throws VideoException if the source cannot be read or the container cannot hold its audio */
    AudioCopy(Path source, AVFormatContext output) throws VideoException {
        this.output = output;
        input = MediaInput.open(source.toString());
        for (int i = 0; i < input.context().nb_streams(); i++) {
            AVStream from = input.context().streams(i);
            if (from.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
                targets.put(i, copyStream(from));
            } else {
                from.discard(avcodec.AVDISCARD_ALL);
            }
        }
        ended = targets.isEmpty();
    }

    private AVStream copyStream(AVStream from) throws VideoException {
        int codec = from.codecpar().codec_id();
        if (avformat.avformat_query_codec(output.oformat(), codec, avcodec.FF_COMPLIANCE_NORMAL) == 0) {
            String name = avcodec.avcodec_get_name(codec).getString();
            String container = output.oformat().name().getString();
            close();
            throw new VideoException("expected audio that " + container + " can hold, found " + name
                    + " (a name ending in .mkv can hold it)");
        }
        AVStream to = avformat.avformat_new_stream(output, null);
        avcodec.avcodec_parameters_copy(to.codecpar(), from.codecpar());
        // The tag is the source container's name of the codec.
        to.codecpar().codec_tag(0);
        to.time_base(from.time_base());
        AVDictionary metadata = new AVDictionary(null);
        avutil.av_dict_copy(metadata, from.metadata(), 0);
        if (!metadata.isNull()) {
            to.metadata(metadata);
        }
        return to;
    }

    /** Copies the sound up to a time in microseconds; all the rest for {@link Long#MAX_VALUE}. */
    void copyUntil(long micros) throws VideoException {
        while (!ended) {
            if (!pending && !input.read(packet, -1)) {
                ended = true;
                return;
            }
            AVStream to = targets.get(packet.stream_index());
            if (to == null) {
                avcodec.av_packet_unref(packet);
                pending = false;
                continue;
            }
            AVStream from = input.context().streams(packet.stream_index());
            long time = packet.dts() == PictureClock.UNKNOWN ? packet.pts() : packet.dts();
            pending = true;
            if (time != PictureClock.UNKNOWN
                    && micros != Long.MAX_VALUE
                    && Ffmpeg.micros(time, from.time_base()) > micros) {
                return;
            }
            pending = false;
            avcodec.av_packet_rescale_ts(packet, from.time_base(), to.time_base());
            packet.stream_index(to.index()).pos(-1);
            int code = avformat.av_interleaved_write_frame(output, packet);
            if (code < 0) {
                throw new VideoException("expected to copy an audio packet, found " + Ffmpeg.error(code));
            }
        }
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        input.close();
    }
}
