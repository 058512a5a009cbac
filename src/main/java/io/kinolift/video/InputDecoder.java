package io.kinolift.video;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Chooses the decoder of a stream. */
final class InputDecoder {
    private InputDecoder() {}

    /**
     * FFmpeg's first choice. Its own decoders of VP8 and VP9 leave out alpha, which is a second picture beside the first;
     * those of libvpx read both.
     *
     * @return null if there is no decoder
     */
    static AVCodec of(AVStream stream) {
        int codec = stream.codecpar().codec_id();
        AVDictionaryEntry alpha = avutil.av_dict_get(stream.metadata(), "alpha_mode", null, 0);
        AVCodec complete = null;
        if (alpha != null && alpha.value().getString().equals("1")) {
            complete = switch (codec) {
                case avcodec.AV_CODEC_ID_VP8 -> avcodec.avcodec_find_decoder_by_name("libvpx");
                case avcodec.AV_CODEC_ID_VP9 -> avcodec.avcodec_find_decoder_by_name("libvpx-vp9");
                default -> null;
            };
        }
        return complete == null ? avcodec.avcodec_find_decoder(codec) : complete;
    }
}
