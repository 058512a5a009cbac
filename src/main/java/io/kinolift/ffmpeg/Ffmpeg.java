package io.kinolift.ffmpeg;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Translates our values into FFmpeg's numbers and back. */
public final class Ffmpeg {
    static {
        // FFmpeg would write to stderr from any thread. Errors come as return values, with the log's last line as the
        // reason.
        FfmpegLog.install();
    }

    private static final int PAL_ROWS = 576;

    private static final Map<Integer, PixelFormat> OURS =
            Arrays.stream(PixelFormat.values()).collect(Collectors.toMap(Ffmpeg::number, format -> format));

    private static final Colour.Range[] RANGES = Colour.Range.values();
    private static final Colour.ChromaLocation[] LOCATIONS = Colour.ChromaLocation.values();

    private Ffmpeg() {}

    /** Makes sure that the level above is set before FFmpeg has something to say. */
    public static void quiet() {}

    /** The version of FFmpeg that is loaded. */
    public static String version() {
        return avutil.av_version_info().getString();
    }

    /** FFmpeg's own words for an error number. */
    public static String error(int code) {
        if (code == avutil.AVERROR_UNKNOWN()) {
            // FFmpeg would say that an unknown error occurred.
            return "an error without a reason";
        }
        byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
        avutil.av_strerror(code, text, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    public static int number(PixelFormat format) {
        return switch (format) {
            case GRAY8 -> avutil.AV_PIX_FMT_GRAY8;
            case YUV420P -> avutil.AV_PIX_FMT_YUV420P;
            case YUV422P -> avutil.AV_PIX_FMT_YUV422P;
            case YUV444P -> avutil.AV_PIX_FMT_YUV444P;
            case NV12 -> avutil.AV_PIX_FMT_NV12;
            case RGB24 -> avutil.AV_PIX_FMT_RGB24;
            case BGR24 -> avutil.AV_PIX_FMT_BGR24;
            case GRAY10 -> avutil.AV_PIX_FMT_GRAY10LE;
            case YUV420P10 -> avutil.AV_PIX_FMT_YUV420P10LE;
            case YUV422P10 -> avutil.AV_PIX_FMT_YUV422P10LE;
            case YUV444P10 -> avutil.AV_PIX_FMT_YUV444P10LE;
            case GRAY12 -> avutil.AV_PIX_FMT_GRAY12LE;
            case YUV420P12 -> avutil.AV_PIX_FMT_YUV420P12LE;
            case YUV422P12 -> avutil.AV_PIX_FMT_YUV422P12LE;
            case YUV444P12 -> avutil.AV_PIX_FMT_YUV444P12LE;
            case GRAY16 -> avutil.AV_PIX_FMT_GRAY16LE;
            case YUV420P16 -> avutil.AV_PIX_FMT_YUV420P16LE;
            case YUV422P16 -> avutil.AV_PIX_FMT_YUV422P16LE;
            case YUV444P16 -> avutil.AV_PIX_FMT_YUV444P16LE;
            case P010 -> avutil.AV_PIX_FMT_P010LE;
            case GBRP -> avutil.AV_PIX_FMT_GBRP;
            case GBRP10 -> avutil.AV_PIX_FMT_GBRP10LE;
            case GBRP12 -> avutil.AV_PIX_FMT_GBRP12LE;
            case GBRP16 -> avutil.AV_PIX_FMT_GBRP16LE;
            case RGB48 -> avutil.AV_PIX_FMT_RGB48LE;
            case RGBA -> avutil.AV_PIX_FMT_RGBA;
            case BGRA -> avutil.AV_PIX_FMT_BGRA;
            case YUVA420P -> avutil.AV_PIX_FMT_YUVA420P;
            case YUVA444P -> avutil.AV_PIX_FMT_YUVA444P;
            case YUVA420P10 -> avutil.AV_PIX_FMT_YUVA420P10LE;
            case YUVA444P10 -> avutil.AV_PIX_FMT_YUVA444P10LE;
            case YUVA420P16 -> avutil.AV_PIX_FMT_YUVA420P16LE;
            case YUVA444P16 -> avutil.AV_PIX_FMT_YUVA444P16LE;
            case YUVA422P -> avutil.AV_PIX_FMT_YUVA422P;
            case YUVA422P10 -> avutil.AV_PIX_FMT_YUVA422P10LE;
            case YUVA422P16 -> avutil.AV_PIX_FMT_YUVA422P16LE;
            case GBRAP -> avutil.AV_PIX_FMT_GBRAP;
            case GBRAP16 -> avutil.AV_PIX_FMT_GBRAP16LE;
        };
    }

    /** Our pixel format of just this layout, or null. FFmpeg's yuvj formats differ from yuv only in their range. */
    public static PixelFormat pixelFormat(int number) {
        return switch (number) {
            case avutil.AV_PIX_FMT_YUVJ420P -> PixelFormat.YUV420P;
            case avutil.AV_PIX_FMT_YUVJ422P -> PixelFormat.YUV422P;
            case avutil.AV_PIX_FMT_YUVJ444P -> PixelFormat.YUV444P;
            default -> OURS.get(number);
        };
    }

    /** The same layout with the bytes of samples in the other order; none if there is none. */
    public static int swapped(int number) {
        return avutil.av_pix_fmt_swap_endianness(number);
    }

    /** The layouts that an encoder takes, those it prefers first; empty if it does not say. */
    public static Set<Integer> layouts(AVCodec encoder) {
        Set<Integer> layouts = new LinkedHashSet<>();
        try (PointerPointer<IntPointer> list = new PointerPointer<>(1);
                IntPointer count = new IntPointer(1)) {
            avcodec.avcodec_get_supported_config(null, encoder, avcodec.AV_CODEC_CONFIG_PIX_FORMAT, 0, list, count);
            IntPointer numbers = list.get(IntPointer.class, 0);
            for (int i = 0; numbers != null && i < count.get(); i++) {
                layouts.add(numbers.get(i));
            }
        }
        return layouts;
    }

    public static String pixelFormatName(int number) {
        BytePointer name = avutil.av_get_pix_fmt_name(number);
        return name == null ? "unknown (" + number + ")" : name.getString();
    }

    public static int codecNumber(Codec codec) {
        return switch (codec) {
            case JPEG -> avcodec.AV_CODEC_ID_MJPEG;
            case PNG -> avcodec.AV_CODEC_ID_PNG;
            case RAW -> avcodec.AV_CODEC_ID_RAWVIDEO;
            case FFV1 -> avcodec.AV_CODEC_ID_FFV1;
            case WEBP -> avcodec.AV_CODEC_ID_WEBP;
            case BMP -> avcodec.AV_CODEC_ID_BMP;
            case TIFF -> avcodec.AV_CODEC_ID_TIFF;
            case H264 -> avcodec.AV_CODEC_ID_H264;
            case HEVC -> avcodec.AV_CODEC_ID_HEVC;
            case VP9 -> avcodec.AV_CODEC_ID_VP9;
            case AV1 -> avcodec.AV_CODEC_ID_AV1;
        };
    }

    /** Gives the context a copy, which it frees; FFmpeg wants zeros behind it. */
    public static void setExtradata(AVCodecContext context, ByteBuffer bytes) {
        int size = bytes.remaining();
        Pointer memory = avutil.av_mallocz(size + avcodec.AV_INPUT_BUFFER_PADDING_SIZE);
        MemorySegment.ofAddress(memory.address()).reinterpret(size).copyFrom(MemorySegment.ofBuffer(bytes));
        context.extradata(new BytePointer(memory)).extradata_size(size);
    }

    public static Colour colour(AVFrame frame) {
        boolean full = switch (frame.format()) {
            case avutil.AV_PIX_FMT_YUVJ420P,
                    avutil.AV_PIX_FMT_YUVJ422P,
                    avutil.AV_PIX_FMT_YUVJ444P,
                    avutil.AV_PIX_FMT_YUVJ440P,
                    avutil.AV_PIX_FMT_YUVJ411P -> true;
            default -> false;
        };
        return new Colour(
                full ? Colour.Range.FULL : element(RANGES, frame.color_range()),
                frame.colorspace(),
                frame.color_primaries(),
                frame.color_trc(),
                element(LOCATIONS, frame.chroma_location()));
    }

    private static <T> T element(T[] values, int index) {
        return values[index >= 0 && index < values.length ? index : 0];
    }

    public static void setColour(AVCodecContext context, Colour colour) {
        context.color_range(colour.range().ordinal());
        context.colorspace(colour.matrix());
        context.color_primaries(colour.primaries());
        context.color_trc(colour.transfer());
        context.chroma_sample_location(colour.chromaLocation().ordinal());
    }

    public static void setColour(AVFrame frame, Colour colour) {
        frame.color_range(colour.range().ordinal());
        frame.colorspace(colour.matrix());
        frame.color_primaries(colour.primaries());
        frame.color_trc(colour.transfer());
        frame.chroma_location(colour.chromaLocation().ordinal());
    }

    /**
     * What a picture without a word about its matrix means: BT.601 up to the height of standard definition. Said aloud,
     * so that it stays so when the picture has become a large one.
     */
    public static Colour withMatrix(Colour colour, PixelFormat format, int height) {
        boolean matters = format.hasChroma();
        if (!matters || colour.matrix() != avutil.AVCOL_SPC_UNSPECIFIED || height > PAL_ROWS) {
            return colour;
        }
        int matrix = height == PAL_ROWS ? avutil.AVCOL_SPC_BT470BG : avutil.AVCOL_SPC_SMPTE170M;
        return new Colour(colour.range(), matrix, colour.primaries(), colour.transfer(), colour.chromaLocation());
    }

    /**
     * The meaning of grey pictures that get chroma planes. Grey is of full range unless it says otherwise, and some
     * decoders call its matrix that of RGB, which YUV must not be called.
     */
    public static Colour greyAsYuv(Colour grey, PixelFormat format, int height) {
        int matrix = grey.matrix() == avutil.AVCOL_SPC_RGB ? avutil.AVCOL_SPC_UNSPECIFIED : grey.matrix();
        Colour.Range range = grey.range() == Colour.Range.UNSPECIFIED ? Colour.Range.FULL : grey.range();
        Colour yuv = new Colour(range, matrix, grey.primaries(), grey.transfer(), grey.chromaLocation());
        return withMatrix(yuv, format, height);
    }

    /** FFmpeg's 0/0 and x/0 mean unknown: zero here. */
    public static Rational rational(AVRational value) {
        return value.den() == 0 ? Rational.ZERO : Rational.of(value.num(), value.den());
    }

    public static long micros(long time, AVRational timeBase) {
        return avutil.av_rescale(time, 1_000_000L * timeBase.num(), timeBase.den());
    }

    /** Exact if numerator and denominator are within the limit, else the nearest fraction within it. */
    public static void set(AVRational target, Rational value, int limit) {
        int[] numerator = new int[1];
        int[] denominator = new int[1];
        avutil.av_reduce(numerator, denominator, value.numerator(), value.denominator(), limit);
        target.num(numerator[0]);
        target.den(denominator[0]);
    }
}
