package io.kinolift.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputLayoutTest {
    /** FFmpeg's scaler puts the samples into the other layout, and they are read from there. */
    @ParameterizedTest
    @CsvSource({
        "yuyv422, YUV422P",
        "uyvy422, YUV422P",
        "yvyu422, YUV422P",
        "nv16, YUV422P",
        "nv24, YUV444P",
        "nv21, YUV420P",
        "rgb0, RGB24",
        "bgr0, RGB24",
        "0rgb, RGB24",
        "p010le, YUV420P10",
        "p010be, YUV420P10",
        "p210le, YUV422P10",
        "yuv422p10be, YUV422P10",
        "y210le, YUV422P10",
        "gray10be, GRAY10",
        "argb, RGBA",
        "abgr, RGBA",
        "gbrap, GBRAP",
        "gbrp, GBRP",
        "yuv420p12be, YUV420P12",
        "gray16be, GRAY16",
        "p012le, YUV420P12",
        "p016le, YUV420P16",
        "p212le, YUV422P12",
        "p216le, YUV422P16",
        "p410le, YUV444P10",
        "p412le, YUV444P12",
        "p416le, YUV444P16",
        "y212le, YUV422P12",
        "xv36le, YUV444P12",
        "xv30le, YUV444P10",
        "vuya, YUVA444P",
        "ayuv64le, YUVA444P16",
        "rgba64be, GBRAP16",
        "bgra64le, GBRAP16",
        "rgb48be, GBRP16",
        "gbrp10be, GBRP10",
        "x2rgb10le, GBRP10",
        "x2bgr10le, GBRP10"
    })
    void otherOrdersAreLossless(String name, PixelFormat format) throws Exception {
        int number = avutil.av_get_pix_fmt(name);
        InputLayout layout = InputLayout.of(number).orElseThrow();
        assertThat(layout.format()).isEqualTo(format);
        assertThat(layout.sentence()).isNull();
        Colour full = new Colour(Colour.Range.FULL, 2, 2, 2, Colour.ChromaLocation.UNSPECIFIED);
        try (LayoutConversion there = new LayoutConversion();
                Picture picture = TestPictures.noise(format, 64, 48, 7)) {
            AVFrame frame = AvPictures.borrow(picture);
            Ffmpeg.setColour(frame, full);
            AVFrame foreign = there.convert(frame, number, full);
            try (Picture returned = EveryLayoutTest.picture(foreign, layout)) {
                assertThat(TestPictures.samples(returned)).isEqualTo(TestPictures.samples(picture));
            } finally {
                avutil.av_frame_free(frame);
                avutil.av_frame_free(foreign);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "yuv411p, YUV422P, chroma is interpolated",
        "yuv410p, YUV420P, chroma is interpolated",
        "yuv440p, YUV444P, chroma is interpolated",
        "yuv440p12le, YUV444P12, chroma is interpolated",
        "pal8, RGBA, ",
        "rgb565le, RGB24, ",
        "monow, GRAY8, ",
        "ya8, YUVA420P, ",
        "ya16be, YUVA420P16, ",
        "gray9le, GRAY10, 9 bits become 10 without loss",
        "gray14le, GRAY16, 14 bits become 16 without loss",
        "yuv422p9le, YUV422P10, 9 bits become 10 without loss",
        "yuva444p12le, YUVA444P16, 12 bits become 16 without loss",
        "gbrp14be, GBRP16, 14 bits become 16 without loss",
        "gbrpf32le, GBRP16, '0 to 1 becomes 0 to 65535, and what lies beyond is cut'",
        "gray32le, GRAY16, the upper 16 bits of 32 remain",
        "bayer_rggb8, RGB24, the two missing colours of each pixel are interpolated",
        "xyz12le, RGB48, CIE XYZ is converted to RGB"
    })
    void theSmallestFormatKeepsEverySample(String name, PixelFormat format, String remark) {
        InputLayout layout = InputLayout.of(avutil.av_get_pix_fmt(name)).orElseThrow();
        assertThat(layout.format()).isEqualTo(format);
        assertThat(layout.remark()).isEqualTo(remark);
    }

    /** As every player takes them, whatever size they have become. */
    @Test
    void anUnnamedMatrixIsThatOfStandardDefinition() {
        assertThat(Ffmpeg.withMatrix(Colour.UNSPECIFIED, PixelFormat.YUV420P, 480)
                        .matrix())
                .isEqualTo(6);
        assertThat(Ffmpeg.withMatrix(Colour.UNSPECIFIED, PixelFormat.YUV420P, 576)
                        .matrix())
                .isEqualTo(5);
        assertThat(Ffmpeg.withMatrix(Colour.UNSPECIFIED, PixelFormat.YUV420P, 720))
                .isEqualTo(Colour.UNSPECIFIED);
        assertThat(Ffmpeg.withMatrix(Colour.UNSPECIFIED, PixelFormat.RGB24, 480))
                .isEqualTo(Colour.UNSPECIFIED);
        assertThat(Ffmpeg.withMatrix(Colour.UNSPECIFIED, PixelFormat.GBRP, 480)).isEqualTo(Colour.UNSPECIFIED);
        Colour named = new Colour(Colour.Range.LIMITED, 1, 1, 1, Colour.ChromaLocation.LEFT);
        assertThat(Ffmpeg.withMatrix(named, PixelFormat.YUV420P, 480)).isEqualTo(named);
    }
}
