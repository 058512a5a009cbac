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
    /** There and back: what only lies in another order loses nothing. */
    @ParameterizedTest
    @CsvSource({
        "yuyv422, YUV422P", "uyvy422, YUV422P", "yvyu422, YUV422P", "nv16, YUV422P", "nv24, YUV444P", "nv21, YUV420P",
        "rgb0, RGB24", "bgr0, RGB24", "0rgb, RGB24", "gbrp, RGB24", "p010le, YUV420P10", "p210le, YUV422P10",
        "yuv422p10be, YUV422P10", "y210le, YUV422P10", "gray10be, GRAY10"
    })
    void otherOrdersAreLossless(String layout, PixelFormat format) throws Exception {
        int number = avutil.av_get_pix_fmt(layout);
        assertThat(InputLayout.target(number)).isEqualTo(format);
        try (LayoutConversion there = new LayoutConversion();
                LayoutConversion back = new LayoutConversion();
                Picture picture = TestPictures.noise(format, 64, 48, 7)) {
            AVFrame frame = AvPictures.borrow(picture);
            AVFrame foreign = there.convert(frame, number, Colour.UNSPECIFIED);
            AVFrame home = back.convert(foreign, Ffmpeg.number(format), Colour.UNSPECIFIED);
            avutil.av_frame_free(frame);
            avutil.av_frame_free(foreign);
            try (Picture returned = AvPictures.wrap(home, format)) {
                assertThat(TestPictures.samples(returned)).isEqualTo(TestPictures.samples(picture));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "yuv411p, YUV422P",
        "yuv410p, YUV420P",
        "yuv440p, YUV444P",
        "pal8, RGB24",
        "rgb565le, RGB24",
        "monow, GRAY8",
        "yuva420p, ",
        "bgra, ",
        "gray16le, ",
        "rgb48le, ",
        "yuv420p12le, ",
        "bayer_rggb8, ",
        "vaapi, "
    })
    void theFormatKeepsEverySample_orThereIsNone(String layout, PixelFormat format) {
        assertThat(InputLayout.target(avutil.av_get_pix_fmt(layout))).isEqualTo(format);
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
        Colour named = new Colour(Colour.Range.LIMITED, 1, 1, 1, Colour.ChromaLocation.LEFT);
        assertThat(Ffmpeg.withMatrix(named, PixelFormat.YUV420P, 480)).isEqualTo(named);
    }
}
