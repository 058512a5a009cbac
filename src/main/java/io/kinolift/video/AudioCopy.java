package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Copies the audio packets of a file into another container, unchanged and at their own times, which begin with the
 * file's earliest stream. What the container cannot hold becomes its usual codec.
 */
final class AudioCopy implements AutoCloseable {
    private final MediaInput input;
    private final AVFormatContext output;
    /** Output streams by input stream. */
    private final Map<Integer, AVStream> targets = new HashMap<>();

    /** By input stream: of audio that the container cannot hold. */
    private final Map<Integer, AudioConversion> conversions = new HashMap<>();

    private final List<String> remarks = new ArrayList<>();

    /** Decoding times by output stream. */
    private final Map<Integer, Long> lastWritten = new HashMap<>();

    private final AVPacket packet = avcodec.av_packet_alloc();
    private boolean pending;
    private boolean ended;

    /** @throws VideoException if the source cannot be read, or its audio neither copied nor converted */
    AudioCopy(Source source, AVFormatContext output) throws VideoException {
        this.output = output;
        input = MediaInput.open(source);
        for (int i = 0; i < input.context().nb_streams(); i++) {
            AVStream from = input.context().streams(i);
            if (from.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
                targets.put(i, copyStream(from));
            }
        }
        input.skipAllBut(targets::containsKey);
        ended = targets.isEmpty();
    }

    private AVStream copyStream(AVStream from) throws VideoException {
        int codec = from.codecpar().codec_id();
        AVStream to = avformat.avformat_new_stream(output, null);
        if (avformat.avformat_query_codec(output.oformat(), codec, avcodec.FF_COMPLIANCE_NORMAL) == 0) {
            convertStream(from, to);
        } else {
            avcodec.avcodec_parameters_copy(to.codecpar(), from.codecpar());
            // The tag is the source container's name of the codec.
            to.codecpar().codec_tag(0);
            to.time_base(from.time_base());
        }
        AVDictionary metadata = new AVDictionary(null);
        avutil.av_dict_copy(metadata, from.metadata(), 0);
        if (!metadata.isNull()) {
            to.metadata(metadata);
        }
        return to;
    }

    private void convertStream(AVStream from, AVStream to) throws VideoException {
        String container = output.oformat().name().getString();
        String codec = usualCodec(container);
        boolean globalHeader = (output.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0;
        String name = avcodec.avcodec_get_name(from.codecpar().codec_id()).getString();
        try {
            AudioConversion conversion = new AudioConversion(from, codec, globalHeader);
            conversions.put(from.index(), conversion);
            avcodec.avcodec_parameters_from_context(to.codecpar(), conversion.encoder());
            to.time_base(conversion.encoder().time_base());
        } catch (VideoException e) {
            close();
            throw e;
        }
        remarks.add("the audio is written as "
                + avcodec.avcodec_get_name(to.codecpar().codec_id()).getString() + ": "
                + container.split(",", -1)[0] + " cannot hold " + name);
    }

    private static String usualCodec(String container) {
        return switch (container) {
            case "webm" -> "libopus";
            case "avi" -> "libmp3lame";
            case "matroska" -> "flac";
            default -> "aac";
        };
    }

    /** Which streams are not copied, one line each. */
    List<String> remarks() {
        return remarks;
    }

    /** Copies what is heard up to a time, in microseconds; all that is left for {@link Long#MAX_VALUE}. */
    void copyUntil(long micros) throws VideoException {
        while (!ended) {
            if (!pending && !input.read(packet, -1)) {
                if (!input.isOver()) {
                    return;
                }
                ended = true;
                for (var conversion : conversions.entrySet()) {
                    convert(conversion.getValue(), null, targets.get(conversion.getKey()));
                }
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
            AudioConversion conversion = conversions.get(packet.stream_index());
            if (conversion == null) {
                write(packet, Ffmpeg.rational(from.time_base()), to);
            } else {
                convert(conversion, packet, to);
                avcodec.av_packet_unref(packet);
            }
        }
    }

    private void convert(AudioConversion conversion, AVPacket heard, AVStream to) throws VideoException {
        conversion.convert(heard, (converted, unit) -> write(converted, unit, to));
    }

    private void write(AVPacket heard, Rational unit, AVStream to) throws VideoException {
        AVRational from = new AVRational();
        Ffmpeg.set(from, unit, Integer.MAX_VALUE);
        avcodec.av_packet_rescale_ts(heard, from, to.time_base());
        from.close();
        heard.stream_index(to.index()).pos(-1);
        keepOrder(heard);
        int code = avformat.av_interleaved_write_frame(output, heard);
        if (code < 0) {
            throw new VideoException("expected to write an audio packet, found " + Ffmpeg.error(code));
        }
    }

    /** Containers refuse times that do not grow, which files that were joined or cut may have. */
    private void keepOrder(AVPacket copied) {
        long least = lastWritten.merge(copied.stream_index(), copied.dts(), (last, dts) -> Math.max(last + 1, dts));
        if (copied.dts() != PictureClock.UNKNOWN && copied.dts() < least) {
            copied.pts(Math.max(copied.pts(), least)).dts(least);
        }
    }

    @Override
    public void close() {
        conversions.values().forEach(AudioConversion::close);
        conversions.clear();
        avcodec.av_packet_free(packet);
        input.close();
    }
}
