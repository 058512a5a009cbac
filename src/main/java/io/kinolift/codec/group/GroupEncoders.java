package io.kinolift.codec.group;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.frame.Codec;
import io.kinolift.frame.PixelFormat;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;

/** Which encoders of inter-coded frames FFmpeg was built with. */
public final class GroupEncoders {
    private GroupEncoders() {}

    /** FFmpeg's names of the encoders of a codec that run on every processor, preferred ones first. */
    static List<String> preferred(Codec codec) {
        return switch (codec) {
            case H264 -> List.of("libx264", "libopenh264");
            case HEVC -> List.of("libx265");
            case VP9 -> List.of("libvpx-vp9");
            case AV1 -> List.of("libsvtav1", "libaom-av1");
            case JPEG, PNG, RAW, FFV1, WEBP, BMP, TIFF ->
                throw new IllegalArgumentException("expected an inter-coded codec, found " + codec);
        };
    }

    /** FFmpeg's name of the usual encoder of a codec; empty if this build has none. */
    public static Optional<String> usual(Codec codec) {
        Ffmpeg.quiet();
        return preferred(codec).stream()
                .filter(name -> avcodec.avcodec_find_encoder_by_name(name) != null)
                .findFirst();
    }

    /** Whether this build has an encoder of that name, which writes frames of the codec. */
    public static boolean has(Codec codec, String encoder) {
        Ffmpeg.quiet();
        AVCodec found = avcodec.avcodec_find_encoder_by_name(encoder);
        return found != null && found.id() == Ffmpeg.codecNumber(codec);
    }

    /** The formats whose pictures an encoder takes as they are. */
    static Set<PixelFormat> formats(String encoder) {
        Ffmpeg.quiet();
        Set<Integer> layouts = Ffmpeg.layouts(avcodec.avcodec_find_encoder_by_name(encoder));
        return Arrays.stream(PixelFormat.values())
                .filter(format -> layouts.contains(Ffmpeg.number(format)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(PixelFormat.class)));
    }

    /**
     * Checks that an encoder takes pictures of a format.
     *
     * @throws FrameCodecException naming those that it takes
     */
    public static void requireSupported(String encoder, PixelFormat format) throws FrameCodecException {
        Set<PixelFormat> formats = formats(encoder);
        if (!formats.contains(format)) {
            throw new FrameCodecException(
                    Reason.UNSUPPORTED,
                    "expected one of " + formats + " for " + encoder + ", found " + format
                            + " (kinolift.frame.codec=auto finds a codec that holds it)");
        }
    }
}
