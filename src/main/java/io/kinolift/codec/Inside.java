package io.kinolift.codec;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.Interleaving;
import io.kinolift.frame.Codec;
import io.kinolift.frame.PixelFormat;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * What a codec of FFmpeg itself works in: the same samples, perhaps in another order, perhaps big-endian. It follows from
 * the layouts that the encoder says it takes.
 *
 * @param number FFmpeg's number of the layout
 * @param swapped whether the bytes of samples are in the other order
 */
record Inside(PixelFormat format, int number, boolean swapped) {
    private static final Map<Codec, Map<PixelFormat, Inside>> ALL = all();

    /** Empty if the codec does not preserve the format. */
    static Optional<Inside> of(Codec codec, PixelFormat format) {
        return Optional.ofNullable(ALL.get(codec).get(format));
    }

    /** The formats that the codec preserves, in the order of their table. */
    static Set<PixelFormat> formats(Codec codec) {
        return ALL.get(codec).keySet();
    }

    private static Map<Codec, Map<PixelFormat, Inside>> all() {
        Ffmpeg.quiet();
        Map<Codec, Map<PixelFormat, Inside>> all = new EnumMap<>(Codec.class);
        for (Codec codec : Codec.values()) {
            Map<PixelFormat, Inside> known = new EnumMap<>(PixelFormat.class);
            if (codec != Codec.RAW && codec.isWritten()) {
                AVCodec encoder = avcodec.avcodec_find_encoder(Ffmpeg.codecNumber(codec));
                for (PixelFormat format : PixelFormat.values()) {
                    find(encoder, format).ifPresent(inside -> known.put(format, inside));
                }
            }
            all.put(codec, known);
        }
        return all;
    }

    /** The format itself comes first; FFmpeg's JPEG encoder has no grey, which is written with neutral chroma. */
    private static Optional<Inside> find(AVCodec encoder, PixelFormat wanted) {
        Set<Integer> layouts = Ffmpeg.layouts(encoder);
        return Stream.concat(Stream.of(wanted), Arrays.stream(PixelFormat.values()))
                .filter(format -> Interleaving.exists(wanted, format))
                .flatMap(format -> Stream.of(new Inside(format, Ffmpeg.number(format), false), swapped(format)))
                .filter(inside -> layouts.contains(inside.number()))
                .findFirst();
    }

    private static Inside swapped(PixelFormat format) {
        return new Inside(format, Ffmpeg.swapped(Ffmpeg.number(format)), true);
    }
}
