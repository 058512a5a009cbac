package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;

/** Turns a container's packets into the form that frames have: H.264 and HEVC become byte streams. */
final class StreamFilter implements AutoCloseable {
    private static final int AV1_CONFIGURATION_HEADER = 4;

    private final AVBSFContext context = new AVBSFContext(null);
    private final ByteBuffer parameters;

    StreamFilter(Codec codec, AVStream stream) throws VideoException {
        String name = switch (codec) {
            case H264 -> "h264_mp4toannexb";
            case HEVC -> "hevc_mp4toannexb";
            default -> "null";
        };
        check(avcodec.av_bsf_alloc(avcodec.av_bsf_get_by_name(name), context));
        check(avcodec.avcodec_parameters_copy(context.par_in(), stream.codecpar()));
        context.time_base_in(stream.time_base());
        check(avcodec.av_bsf_init(context));
        parameters = parameters(codec, context.par_out());
    }

    /** The parameter sets, or the sequence header, that the container keeps apart from the pictures. */
    private static ByteBuffer parameters(Codec codec, AVCodecParameters known) {
        int size = known.extradata() == null ? 0 : known.extradata_size();
        ByteBuffer all = ByteBuffer.allocate(size);
        if (size > 0) {
            all.put(known.extradata().capacity(size).asByteBuffer()).flip();
        }
        boolean boxed = codec == Codec.AV1 && size > AV1_CONFIGURATION_HEADER && all.get(0) < 0;
        return switch (codec) {
            case H264, HEVC -> all;
            case AV1 -> boxed ? all.position(AV1_CONFIGURATION_HEADER).slice() : all;
            default -> ByteBuffer.allocate(0);
        };
    }

    /** The packet becomes what comes out; false if nothing does. */
    boolean apply(AVPacket packet) {
        return avcodec.av_bsf_send_packet(context, packet) >= 0 && avcodec.av_bsf_receive_packet(context, packet) >= 0;
    }

    ByteBuffer parameters() {
        return parameters.duplicate();
    }

    private void check(int code) throws VideoException {
        if (code < 0) {
            close();
            throw new VideoException("expected packets that can be passed on, found " + Ffmpeg.error(code));
        }
    }

    @Override
    public void close() {
        avcodec.av_bsf_free(context);
    }
}
