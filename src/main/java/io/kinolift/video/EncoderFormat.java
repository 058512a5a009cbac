package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.Interleaving;
import io.kinolift.ffmpeg.LayoutWriter;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The layout in which an encoder gets the pictures: of all that it takes, the one that loses least.
 *
 * @param source format of the pictures
 * @param shown their format once alpha is composed over a colour, if it is
 * @param number FFmpeg's number of the layout
 * @param cost 0 if samples stay; see {@link LayoutCost}
 * @param still whether it follows the rules of picture files, see {@link StillLayout}
 */
record EncoderFormat(PixelFormat source, PixelFormat shown, int number, int cost, boolean still) {
    private static final int SD_ROWS = 576;

    /** How pictures become frames of the layout. */
    enum Way {
        /** By moving samples into another order of ours, if at all. */
        ORDER,
        /** By {@link LayoutWriter}. */
        SAMPLES,
        /** By FFmpeg's scaler. */
        SCALER
    }

    /**
     * Of an encoder that was asked for by name: depth, chroma and colours may be lost where it has nothing better, though
     * never below 10 bits from more, and {@link #remarks} tell it.
     *
     * @throws VideoException if there is none
     */
    static EncoderFormat of(AVCodec codec, VideoSettings settings) throws VideoException {
        int still = StillLayout.of(codec, settings);
        if (still != avutil.AV_PIX_FMT_NONE) {
            boolean transparent = keepsAlpha(settings) && LayoutCost.hasAlpha(still);
            PixelFormat source = settings.pixelFormat();
            return new EncoderFormat(source, transparent ? source : source.opaque(), still, LayoutCost.CHANGE, true);
        }
        Optional<EncoderFormat> kept = keepsAlpha(settings) ? best(codec, settings, false, true) : Optional.empty();
        return kept.or(() -> best(codec, settings, false, false)).orElseThrow(() -> refused(settings));
    }

    /**
     * Of an encoder that is only one of several: empty if it would lose depth, chroma or, if there is to be any, alpha.
     */
    static Optional<EncoderFormat> lossless(AVCodec codec, VideoSettings settings, boolean alpha) {
        return best(codec, settings, true, alpha && keepsAlpha(settings));
    }

    static boolean keepsAlpha(VideoSettings settings) {
        return settings.pixelFormat().has(Role.ALPHA) && settings.encoder().background() == null;
    }

    private static Optional<EncoderFormat> best(AVCodec codec, VideoSettings settings, boolean strict, boolean alpha) {
        if (alpha && !holdsAlpha(codec, settings.container())) {
            return Optional.empty();
        }
        PixelFormat source = settings.pixelFormat();
        PixelFormat shown = alpha ? source : source.opaque();
        List<Integer> layouts = new ArrayList<>(Ffmpeg.layouts(codec));
        if (layouts.isEmpty()) {
            layouts.add(Ffmpeg.number(shown));
        }
        EncoderFormat best = null;
        for (int number : layouts) {
            OptionalInt cost = LayoutCost.of(shown, number, strict);
            if (cost.isPresent() && (best == null || cost.getAsInt() < best.cost())) {
                best = new EncoderFormat(source, shown, number, cost.getAsInt(), false);
            }
        }
        return Optional.ofNullable(best);
    }

    /** Alpha of VP8 and VP9 is a second picture beside the first, for which Matroska has a place; others have it inside. */
    private static boolean holdsAlpha(AVCodec codec, String container) {
        boolean matroska = Stream.of("mkv", "webm", "matroska").anyMatch(container.toLowerCase(Locale.ROOT)::endsWith);
        return matroska || !codec.name().getString().startsWith("libvpx");
    }

    private static VideoException refused(VideoSettings settings) {
        return new VideoException("expected a pixel format that " + settings.videoCodec() + " encodes, found "
                + settings.pixelFormat()
                + " (--video-codec ffv1 and a name ending in .mkv holds any; av1 and .mp4, holds"
                + " grey, YUV and RGB of up to 12 bits)");
    }

    Way way() {
        if (still) {
            // Even where samples have the same order, their range may change.
            return Way.SCALER;
        }
        PixelFormat own = own();
        if (own != null && Interleaving.exists(shown, own)) {
            return Way.ORDER;
        }
        return LayoutWriter.holds(number, shown) ? Way.SAMPLES : Way.SCALER;
    }

    /** The layout's format; null if it is none of ours. */
    PixelFormat own() {
        return Ffmpeg.pixelFormat(number);
    }

    boolean isComposed() {
        return shown != source;
    }

    boolean hasAlpha() {
        return shown.has(Role.ALPHA);
    }

    /** What the samples mean once they are in this layout. */
    Colour colour(Colour before, int height) {
        if (still) {
            return StillLayout.colour(number, before);
        }
        boolean rgb = LayoutCost.isRgb(number);
        if (rgb) {
            Colour.Range range = shown.isRgb() ? before.range() : Colour.Range.FULL;
            return new Colour(
                    range, avutil.AVCOL_SPC_RGB, before.primaries(), before.transfer(), before.chromaLocation());
        } else if (!shown.isRgb()) {
            boolean gainsChroma = !shown.hasChroma() && own() != null && own().hasChroma();
            return gainsChroma ? Ffmpeg.greyAsYuv(before, own(), height) : before;
        }
        boolean full = number == avutil.AV_PIX_FMT_YUVJ444P || number == avutil.AV_PIX_FMT_YUVJ420P;
        int matrix = height <= SD_ROWS ? avutil.AVCOL_SPC_SMPTE170M : avutil.AVCOL_SPC_BT709;
        return new Colour(
                full ? Colour.Range.FULL : Colour.Range.LIMITED,
                matrix,
                before.primaries(),
                before.transfer(),
                before.chromaLocation());
    }

    /** What changes, one line each. */
    List<String> remarks(VideoSettings settings) {
        List<String> remarks = new ArrayList<>();
        if (isComposed() && settings.encoder().background() == null) {
            remarks.add("alpha is composed over black: " + settings.videoCodec() + " has none here (--background names"
                    + " another colour; names ending in .mkv, .mov and .webm keep it)");
        }
        int depth = LayoutCost.depth(number);
        if (cost >= LayoutCost.CHANGE) {
            String reduced = depth < shown.bitDepth() ? ", with " + depth + " of " + shown.bitDepth() + " bits" : "";
            remarks.add(shown + " is written as " + Ffmpeg.pixelFormatName(number) + ", which " + settings.videoCodec()
                    + " encodes" + reduced);
        }
        return remarks;
    }
}
