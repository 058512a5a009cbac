package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.frame.Rational;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * The packets of one audio track in the form in which containers other than transport streams hold them: AAC without
 * ADTS headers and with its configuration apart, PCM in pieces of at most a tenth of a second, all with times.
 */
final class SoundTrackIntake implements AutoCloseable {
    private static final int PIECES_PER_SECOND = 10;
    private static final int LAYOUT_BYTES = 128;

    private final int number;
    private final Rational unit;
    private final AVCodecParameters parameters;
    /** Takes ADTS headers off; null where there are none. */
    private final AVBSFContext filter;

    private SoundTrack track;
    private long end = PictureClock.UNKNOWN;
    private int jumpsSeen;
    private boolean broken;
    private long damaged;

    SoundTrackIntake(AVStream stream, int number) {
        this.number = number;
        unit = Ffmpeg.rational(stream.time_base());
        parameters = stream.codecpar();
        filter = parameters.codec_id() == avcodec.AV_CODEC_ID_AAC && parameters.extradata_size() == 0
                ? withoutAdts(stream)
                : null;
        track = describe(stream);
    }

    private static AVBSFContext withoutAdts(AVStream stream) {
        AVBSFContext made = new AVBSFContext(null);
        avcodec.av_bsf_alloc(avcodec.av_bsf_get_by_name("aac_adtstoasc"), made);
        avcodec.avcodec_parameters_copy(made.par_in(), stream.codecpar());
        made.time_base_in(stream.time_base());
        avcodec.av_bsf_init(made);
        return made;
    }

    private SoundTrack describe(AVStream stream) {
        Map<String, String> tags = Tags.lasting(stream.metadata());
        try (BytePointer layout = new BytePointer(LAYOUT_BYTES)) {
            int length = avutil.av_channel_layout_describe(parameters.ch_layout(), layout, LAYOUT_BYTES);
            return new SoundTrack(
                    number,
                    tags.getOrDefault("language", ""),
                    tags.getOrDefault("title", ""),
                    StreamNames.codecName(parameters),
                    parameters.sample_rate(),
                    parameters.ch_layout().nb_channels(),
                    // The length counts the end of the text.
                    layout.limit(Math.clamp(length - 1L, 0, LAYOUT_BYTES)).getString(),
                    parameters.frame_size(),
                    parameters.block_align(),
                    parameters.bits_per_coded_sample(),
                    parameters.initial_padding(),
                    bytes(parameters.extradata(), parameters.extradata_size()),
                    unit);
        }
    }

    private static ByteBuffer bytes(BytePointer data, long size) {
        byte[] copy = new byte[Math.toIntExact(size)];
        if (size > 0) {
            data.get(copy);
        }
        return ByteBuffer.wrap(copy);
    }

    int number() {
        return number;
    }

    /** Null as long as only its packets could tell its configuration. */
    SoundTrack track() {
        return filter != null && !track.extradata().hasRemaining() ? null : track;
    }

    /** Packets that could not be used. */
    long damaged() {
        return damaged;
    }

    /** @param jumps of the container's clock that this stream has seen up to this packet */
    void take(AVPacket packet, int jumps, Consumer<SoundPacket> taken) {
        broken |= jumps > jumpsSeen;
        jumpsSeen = jumps;
        if (filter == null) {
            give(packet, taken);
            return;
        }
        avcodec.av_bsf_send_packet(filter, packet);
        boolean any = false;
        while (avcodec.av_bsf_receive_packet(filter, packet) >= 0) {
            any = true;
            give(packet, taken);
            avcodec.av_packet_unref(packet);
        }
        if (!any) {
            damaged++;
            broken = true;
        }
    }

    private void give(AVPacket packet, Consumer<SoundPacket> taken) {
        if (packet.size() == 0) {
            return;
        }
        if ((packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0) {
            damaged++;
            broken = true;
            return;
        }
        configure(packet);
        long pts = packet.pts() != PictureClock.UNKNOWN ? packet.pts() : Math.max(0, end);
        byte[] data = new byte[packet.size()];
        packet.data().get(data);
        long samples = samples(data.length);
        long duration = packet.duration() > 0 ? packet.duration() : ticks(samples);
        int piece = bytesOfAPiece(data.length);
        for (int from = 0; from < data.length; from += piece) {
            int size = Math.min(piece, data.length - from);
            long start = pts + (from == 0 ? 0 : ticks(samples * from / data.length));
            long next =
                    from + size == data.length ? pts + duration : pts + ticks(samples * (from + size) / data.length);
            taken.accept(new SoundPacket(
                    track,
                    start,
                    next - start,
                    broken,
                    ByteBuffer.wrap(data, from, size).slice()));
            broken = false;
        }
        end = pts + duration;
    }

    /** Sources such as cameras say it once more, or say something else, in the middle. */
    private void configure(AVPacket packet) {
        try (SizeTPointer size = new SizeTPointer(1)) {
            BytePointer found = avcodec.av_packet_get_side_data(packet, avcodec.AV_PKT_DATA_NEW_EXTRADATA, size);
            if (found != null && !found.isNull() && size.get() > 0) {
                ByteBuffer extradata = bytes(found, size.get());
                broken |= track.extradata().hasRemaining() && !track.extradata().equals(extradata);
                track = track.withExtradata(extradata);
            }
        }
    }

    private long samples(int bytes) {
        return avcodec.av_get_audio_frame_duration2(parameters, bytes);
    }

    private long ticks(long samples) {
        return parameters.sample_rate() == 0
                ? 0
                : Ticks.nearest(samples, Rational.of(1, parameters.sample_rate()), unit);
    }

    /** All of it, unless it is PCM: whole samples of all channels. */
    private int bytesOfAPiece(int all) {
        int bits = avcodec.av_get_exact_bits_per_sample(parameters.codec_id());
        int block = bits * parameters.ch_layout().nb_channels() / Byte.SIZE;
        boolean pcm = StreamNames.codecName(parameters).startsWith("pcm_") && bits % Byte.SIZE == 0 && block > 0;
        return pcm && all % block == 0 ? block * Math.max(1, parameters.sample_rate() / PIECES_PER_SECOND) : all;
    }

    @Override
    public void close() {
        if (filter != null) {
            avcodec.av_bsf_free(filter);
        }
    }
}
