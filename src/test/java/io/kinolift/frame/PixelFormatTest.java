package io.kinolift.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
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
        "YUV444P10, 3, 90, 5, 3",
        "YUV420P12, 3, 54, 3, 2",
        "YUV422P16, 3, 66, 3, 3",
        "P010, 2, 54, 3, 2",
        "GBRP, 3, 45, 5, 3",
        "GBRP16, 3, 90, 5, 3",
        "RGB48, 1, 90, 0, 0",
        "RGBA, 1, 60, 0, 0",
        "BGRA, 1, 60, 0, 0"
    })
    void chromaOfAnOddPictureRoundsUp(PixelFormat format, int planes, int bytes, int chromaWidth, int chromaHeight) {
        assertThat(format.planeCount()).isEqualTo(planes);
        assertThat(format.pictureBytes(5, 3)).isEqualTo(bytes);
        for (int plane = 1; plane < planes; plane++) {
            assertThat(format.planeWidth(plane, 5)).isEqualTo(chromaWidth);
            assertThat(format.planeHeight(plane, 3)).isEqualTo(chromaHeight);
        }
    }

    @Test
    void alphaIsAsLargeAsLuma() {
        assertThat(PixelFormat.YUVA420P.planeWidth(3, 5)).isEqualTo(5);
        assertThat(PixelFormat.YUVA420P.planeHeight(3, 3)).isEqualTo(3);
        assertThat(PixelFormat.YUVA420P.pictureBytes(5, 3)).isEqualTo(42);
    }

    /**
     * Names end in the depth if it is not 8 bits; names of packed formats count all bits of a pixel, or of a sample.
     */
    @ParameterizedTest
    @EnumSource
    void depthIsANumber(PixelFormat format) {
        Matcher digits = Pattern.compile("(?:P|Y|P0)(10|12|16)$").matcher(format.name());
        int depth = format == PixelFormat.RGB48 ? 16 : digits.find() ? Integer.parseInt(digits.group(1)) : 8;
        assertThat(format.bitDepth()).isEqualTo(depth);
        assertThat(format.sampleBytes()).isEqualTo(depth > 8 ? 2 : 1);
        assertThat(format.maxSample()).isEqualTo((1 << depth) - 1);
        assertThat(format.scaleFrom8Bit()).isEqualTo(1 << (depth - 8));
        assertThat(format.sampleShift()).isEqualTo(format == PixelFormat.P010 ? 6 : 0);
        assertThat(format.to8Bit().bitDepth()).isEqualTo(8);
        assertThat(format.to8Bit().pictureBytes(5, 3) * format.sampleBytes()).isEqualTo(format.pictureBytes(5, 3));
    }

    /** Every component of every plane is found at the place of its role. */
    @ParameterizedTest
    @EnumSource
    void rolesHavePlaces(PixelFormat format) {
        int found = 0;
        for (int plane = 0; plane < format.planeCount(); plane++) {
            assertThat(format.roles(plane)).hasSize(format.components(plane));
            for (int component = 0; component < format.components(plane); component++, found++) {
                assertThat(format.find(format.roles(plane).get(component)))
                        .contains(new PixelFormat.Place(plane, component));
            }
        }
        assertThat(found)
                .isEqualTo(Arrays.stream(Role.values()).filter(format::has).count());
        assertThat(format.hasLuma()).isNotEqualTo(format.isRgb());
        assertThat(format.roles(0).getFirst() == Role.LUMA).isEqualTo(format.hasLuma());
    }

    @Test
    void samplesInUpperBitsAreReadAndWrittenAsNumbers() {
        Plane plane = Plane.of(PixelFormat.P010, 0, MemorySegment.ofArray(new byte[4]), 2, 1, 4);
        plane.set(1, 0, 1023);
        assertThat(plane.sample(1, 0)).isEqualTo(1023);
        assertThat(plane.data().get(Plane.SHORT_SAMPLE, 2)).isEqualTo((short) 0xFFC0);
    }

    @ParameterizedTest
    @CsvSource({"YUV420P, 3221225472", "RGB24, 6442450944"})
    void bytesOfLargePicturesDoNotWrap(PixelFormat format, long bytes) {
        assertThat(format.pictureBytes(1 << 16, 1 << 15)).isEqualTo(bytes);
    }
}
