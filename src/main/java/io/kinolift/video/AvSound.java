package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Tracks and packets of sound in FFmpeg's form. */
final class AvSound {
    private AvSound() {}

    /**
     * Describes a track to FFmpeg.
     *
     * @param parameters empty
     * @throws VideoException if FFmpeg knows no such codec of sound
     */
    static void describe(AVCodecParameters parameters, SoundTrack track) throws VideoException {
        AVCodecDescriptor codec = avcodec.avcodec_descriptor_get_by_name(track.codec());
        if (codec == null || codec.type() != avutil.AVMEDIA_TYPE_AUDIO) {
            throw new VideoException("expected an audio codec that FFmpeg knows, found \"" + track.codec() + '"');
        }
        parameters
                .codec_type(avutil.AVMEDIA_TYPE_AUDIO)
                .codec_id(codec.id())
                .sample_rate(track.sampleRate())
                .frame_size(track.frameSize())
                .block_align(track.blockAlign())
                .bits_per_coded_sample(track.bitsPerCodedSample())
                .initial_padding(track.initialPadding());
        if (avutil.av_channel_layout_from_string(parameters.ch_layout(), track.layout()) < 0
                || parameters.ch_layout().nb_channels() != track.channels()) {
            avutil.av_channel_layout_uninit(parameters.ch_layout());
            avutil.av_channel_layout_default(parameters.ch_layout(), track.channels());
        }
        int size = track.extradata().remaining();
        if (size > 0) {
            Pointer bytes = avutil.av_mallocz(size + (long) avcodec.AV_INPUT_BUFFER_PADDING_SIZE);
            parameters
                    .extradata(fill(new BytePointer(bytes), track.extradata()))
                    .extradata_size(size);
        }
    }

    /**
     * Fills a packet.
     *
     * @param packet empty; the caller's to empty again
     * @throws VideoException if there is no memory for it
     */
    static void load(AVPacket packet, SoundPacket from) throws VideoException {
        int size = from.payload().remaining();
        if (avcodec.av_new_packet(packet, size) < 0) {
            throw new VideoException("expected memory for a packet of " + size + " bytes of sound, found none");
        }
        fill(packet.data(), from.payload());
        packet.pts(from.pts()).dts(from.pts()).duration(from.duration()).flags(avcodec.AV_PKT_FLAG_KEY);
    }

    private static BytePointer fill(BytePointer target, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return target.put(copy, 0, copy.length);
    }
}
