package io.kinolift.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PixelFormatTest {
    @ParameterizedTest
    @CsvSource({
        "GRAY8, 1, 15, 0, 0",
        "YUV420P, 3, 27, 3, 2",
        "YUV422P, 3, 33, 3, 3",
        "YUV444P, 3, 45, 5, 3",
        "NV12, 2, 27, 3, 2",
        "RGB24, 1, 45, 0, 0",
        "BGR24, 1, 45, 0, 0",
        "GRAY10, 1, 30, 0, 0",
        "YUV420P10, 3, 54, 3, 2",
        "YUV422P10, 3, 66, 3, 3",
        "YUV444P10, 3, 90, 5, 3"
    })
    void chromaOfAnOddPictureRoundsUp(PixelFormat format, int planes, int bytes, int chromaWidth, int chromaHeight) {
        assertThat(format.planeCount()).isEqualTo(planes);
        assertThat(format.pictureBytes(5, 3)).isEqualTo(bytes);
        for (int plane = 1; plane < planes; plane++) {
            assertThat(format.planeWidth(plane, 5)).isEqualTo(chromaWidth);
            assertThat(format.planeHeight(plane, 3)).isEqualTo(chromaHeight);
        }
    }

    @ParameterizedTest
    @EnumSource
    void highDepthSamplesAreFourTimesAsFine(PixelFormat format) {
        boolean highDepth = format.name().endsWith("10");
        assertThat(format.isHighDepth()).isEqualTo(highDepth);
        assertThat(format.sampleBytes()).isEqualTo(highDepth ? 2 : 1);
        assertThat(format.maxSample()).isEqualTo(highDepth ? 1023 : 255);
        assertThat(format.scaleFrom8Bit()).isEqualTo(highDepth ? 4 : 1);
        assertThat(format.to8Bit().isHighDepth()).isFalse();
        assertThat(format.to8Bit().pictureBytes(5, 3) * format.sampleBytes()).isEqualTo(format.pictureBytes(5, 3));
    }

    @ParameterizedTest
    @CsvSource({"YUV420P, 3221225472", "RGB24, 6442450944"})
    void bytesOfLargePicturesDoNotWrap(PixelFormat format, long bytes) {
        assertThat(format.pictureBytes(1 << 16, 1 << 15)).isEqualTo(bytes);
    }
}
