package io.kinolift.client;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.InputLayout;
import io.kinolift.frame.Colour;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/** Colour of samples when none is stated, and after a conversion. */
final class Colours {
    private Colours() {}

    /** Of a layout in memory: RGB and grey are of full range, as OpenCV and JavaCV have them. */
    static Colour usual(AVFrame frame) {
        if (isRgb(frame.format())) {
            return rgb(Colour.UNSPECIFIED);
        } else if (isGrey(frame.format())) {
            return full(Colour.UNSPECIFIED);
        }
        return InputLayout.of(frame).map(layout -> layout.colour(frame)).orElse(Colour.UNSPECIFIED);
    }

    /** Of a picture that is shown in a layout, perhaps another than its own. */
    static Colour shown(FrameFormat format, int number, int height) {
        int own = Ffmpeg.number(format.pixelFormat());
        return number == own ? format.colour() : converted(format.colour(), own, number, height, false);
    }

    /**
     * Of what FFmpeg's scaler makes.
     *
     * @param from colour of the source
     * @param height rows of the result, which decide on the matrix of YUV that is made of RGB
     * @param full whether YUV is to be of full range, as in JPEG
     */
    static Colour converted(Colour from, int fromNumber, int number, int height, boolean full) {
        if (isRgb(number)) {
            return rgb(from);
        } else if (isGrey(number)) {
            return isGrey(fromNumber) ? from : full(from);
        } else if (isRgb(fromNumber) || isGrey(fromNumber)) {
            Colour.Range range = full ? Colour.Range.FULL : Colour.Range.LIMITED;
            Colour plain = new Colour(
                    range,
                    Colour.UNSPECIFIED_CODE,
                    from.primaries(),
                    from.transfer(),
                    full ? Colour.ChromaLocation.CENTER : Colour.ChromaLocation.LEFT);
            int matrix = Ffmpeg.withMatrix(plain, PixelFormat.YUV420P, height).matrix();
            int said = matrix != Colour.UNSPECIFIED_CODE ? matrix : avutil.AVCOL_SPC_BT709;
            // JPEG's own matrix, whatever the size.
            int chosen = full ? avutil.AVCOL_SPC_BT470BG : said;
            return new Colour(range, chosen, plain.primaries(), plain.transfer(), plain.chromaLocation());
        }
        return from;
    }

    private static Colour rgb(Colour of) {
        return new Colour(
                Colour.Range.FULL,
                avutil.AVCOL_SPC_RGB,
                of.primaries(),
                of.transfer(),
                Colour.ChromaLocation.UNSPECIFIED);
    }

    private static Colour full(Colour of) {
        return new Colour(
                Colour.Range.FULL,
                Colour.UNSPECIFIED_CODE,
                of.primaries(),
                of.transfer(),
                Colour.ChromaLocation.UNSPECIFIED);
    }

    private static boolean isRgb(int number) {
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(number);
        return layout != null && (layout.flags() & avutil.AV_PIX_FMT_FLAG_RGB) != 0;
    }

    private static boolean isGrey(int number) {
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(number);
        return layout != null && layout.nb_components() <= 2 && !isRgb(number);
    }
}
