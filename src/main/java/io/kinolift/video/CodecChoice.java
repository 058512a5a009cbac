package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;

/** Which codec writes a video: the one that was asked for, or the usual one that loses nothing. */
final class CodecChoice {
    private CodecChoice() {}

    /**
     * The settings with a codec that takes such pictures: the one they name, or where that is empty, the usual one of the
     * container that loses no chroma or depth.
     *
     * @throws VideoException if there is none
     */
    static VideoSettings of(VideoSettings settings) throws VideoException {
        OutputFormat.find(settings.container());
        if (!settings.videoCodec().isEmpty()) {
            try (VideoEncoder encoder = new VideoEncoder(settings, true)) {
                requireHeld(
                        OutputFormat.find(settings.container()),
                        encoder.context().codec_id(),
                        settings);
            }
            return settings;
        }
        if (EncoderFormat.keepsAlpha(settings)) {
            Optional<VideoSettings> kept = firstThatOpens(settings, UsualCodecs.of(settings, true), true);
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        List<String> codecs = UsualCodecs.of(settings, false);
        return firstThatOpens(settings, codecs, false).orElseThrow(() -> refusal(settings, codecs));
    }

    private static VideoException refusal(VideoSettings settings, List<String> codecs) {
        boolean special =
                !settings.encoder().options().isEmpty() || settings.encoder().bitrate() > 0;
        if (special && !codecs.isEmpty()) {
            try {
                new VideoEncoder(settings.withVideoCodec(codecs.getFirst()), true).close();
            } catch (VideoException e) {
                return e;
            }
        }
        return new VideoException(settings.container() + ": expected a codec that loses nothing of "
                + settings.pixelFormat() + " " + settings.width() + "x" + settings.height() + ", found none"
                + (codecs.isEmpty() ? "" : " of " + codecs)
                + UsualCodecs.withLoss(settings)
                + "; a name ending in .mkv, with --video-codec ffv1, holds any picture");
    }

    private static Optional<VideoSettings> firstThatOpens(VideoSettings settings, List<String> codecs, boolean alpha) {
        return codecs.stream()
                .map(settings::withVideoCodec)
                .filter(chosen -> opens(chosen, alpha))
                .findFirst();
    }

    static void requireHeld(AVOutputFormat format, int codec, VideoSettings settings) throws VideoException {
        // FFmpeg asks for frames in a wrapper where it takes raw samples as well.
        boolean raw = codec == avcodec.AV_CODEC_ID_RAWVIDEO && OutputFormat.isUncompressed(format);
        if (!raw && avformat.avformat_query_codec(format, codec, avcodec.FF_COMPLIANCE_NORMAL) == 0) {
            throw new VideoException("expected a video codec that " + settings.container() + " can hold, found "
                    + settings.videoCodec());
        }
    }

    /** An encoder may still refuse the size. */
    private static boolean opens(VideoSettings settings, boolean alpha) {
        try (VideoEncoder encoder = new VideoEncoder(settings, true)) {
            return encoder.hasAlpha() == alpha;
        } catch (VideoException _) {
            return false;
        }
    }
}
