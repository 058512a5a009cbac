package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * What a container is told of pictures that are not decoded. It makes of the parameter sets, which lie in every key frame,
 * what its header wants.
 */
final class CodedParameters {
    private CodedParameters() {}

    /**
     * Sets the parameters of a stream.
     *
     * @param key the payload of a key frame
     */
    static void set(AVCodecParameters parameters, FrameFormat format, ByteBuffer key) throws VideoException {
        AVCodecContext context = avcodec.avcodec_alloc_context3(null);
        try {
            context.codec_type(avutil.AVMEDIA_TYPE_VIDEO)
                    .codec_id(Ffmpeg.codecNumber(format.codec()))
                    .pix_fmt(Ffmpeg.number(format.pixelFormat()))
                    .width(format.width())
                    .height(format.height());
            Ffmpeg.set(context.sample_aspect_ratio(), format.sampleAspectRatio(), Integer.MAX_VALUE);
            Ffmpeg.setColour(context, format.colour());
            avcodec.avcodec_parameters_from_context(parameters, context);
        } finally {
            avcodec.avcodec_free_context(context);
        }
        if (format.codec() == Codec.H264 || format.codec() == Codec.HEVC || format.codec() == Codec.AV1) {
            extract(parameters, key);
        }
    }

    private static void extract(AVCodecParameters parameters, ByteBuffer key) throws VideoException {
        AVBSFContext filter = new AVBSFContext(null);
        AVPacket packet = packet(key);
        try (SizeTPointer size = new SizeTPointer(1)) {
            check(avcodec.av_bsf_alloc(avcodec.av_bsf_get_by_name("extract_extradata"), filter));
            check(avcodec.avcodec_parameters_copy(filter.par_in(), parameters));
            check(avcodec.av_bsf_init(filter));
            check(avcodec.av_bsf_send_packet(filter, packet));
            check(avcodec.av_bsf_receive_packet(filter, packet));
            BytePointer found = avcodec.av_packet_get_side_data(packet, avcodec.AV_PKT_DATA_NEW_EXTRADATA, size);
            if (found == null || found.isNull()) {
                throw new VideoException("expected parameter sets in the first key frame, found none");
            }
            int bytes = Math.toIntExact(size.get());
            BytePointer copy = new BytePointer(avutil.av_mallocz(bytes + (long) avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
            MemorySegment.ofAddress(copy.address())
                    .reinterpret(bytes)
                    .copyFrom(MemorySegment.ofAddress(found.address()).reinterpret(bytes));
            parameters.extradata(copy).extradata_size(bytes);
        } finally {
            avcodec.av_packet_free(packet);
            avcodec.av_bsf_free(filter);
        }
    }

    /** A copy of a payload, with the zeros behind it that FFmpeg reads. */
    static AVPacket packet(ByteBuffer payload) {
        AVPacket packet = avcodec.av_packet_alloc();
        fill(packet, payload);
        return packet;
    }

    /** Gives an empty packet a copy of a payload. */
    static void fill(AVPacket packet, ByteBuffer payload) {
        int size = payload.remaining();
        if (avcodec.av_new_packet(packet, size) < 0) {
            throw new OutOfMemoryError("no native memory for a packet of " + size + " bytes");
        }
        MemorySegment.ofAddress(packet.data().address()).reinterpret(size).copyFrom(MemorySegment.ofBuffer(payload));
    }

    private static void check(int code) throws VideoException {
        if (code < 0) {
            throw new VideoException("expected parameter sets in the first key frame, found " + Ffmpeg.error(code));
        }
    }
}
