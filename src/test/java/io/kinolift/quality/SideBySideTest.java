package io.kinolift.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SideBySideTest {
    private static final int ORANGE_OUTLINE = 0xffffb000;

    @TempDir
    Path folder;

    /** Pure red by the equations: 601 limited has Y 81.48, Cb 90.20, Cr 240; 709 has 62.58, 102.34, 240. */
    @ParameterizedTest
    @CsvSource({
        "YUV420P, 2, UNSPECIFIED, 20, 81, 90, 240", "NV12, 6, LIMITED, 20, 81, 90, 240",
        "YUV422P, 1, LIMITED, 20, 63, 102, 240", "YUV444P, 2, UNSPECIFIED, 578, 63, 102, 240",
        "YUV444P, 6, FULL, 20, 76, 85, 255", "RGB24, 2, UNSPECIFIED, 20, 254, 0, 0",
        "BGR24, 2, UNSPECIFIED, 20, 0, 0, 254"
    })
    void redIsRedInEveryFormat(
            PixelFormat format, int matrix, Colour.Range range, int height, int first, int second, int third) {
        Picture picture = HeapPictures.constant(format, 9, height, first, second, third);
        Colour colour = new Colour(range, matrix, 2, 2, Colour.ChromaLocation.UNSPECIFIED);
        int rgb = RgbImages.of(picture, colour).getRGB(8, height - 1);
        assertThat(rgb >> 16 & 0xff).isBetween(253, 255);
        assertThat(rgb >> 8 & 0xff).isBetween(0, 2);
        assertThat(rgb & 0xff).isBetween(0, 2);
    }

    @Test
    void limitedGreySpansBlackToWhite() {
        assertThat(grey(16)).isEqualTo(0xff000000);
        assertThat(grey(235)).isEqualTo(0xffffffff);
    }

    @Test
    void chromaIsInterpolatedBetweenItsCentres() {
        Picture picture =
                HeapPictures.of(PixelFormat.YUV420P, 4, 2, (i, x, _) -> i == 0 ? 126 : i == 2 && x == 1 ? 160 : 128);
        BufferedImage image = RgbImages.of(picture, Colour.UNSPECIFIED);
        int[] red = new int[4];
        for (int x = 0; x < 4; x++) {
            red[x] = image.getRGB(x, 1) >> 16 & 0xff;
        }
        // Luma 126 is 128.08; 32 steps of Cr add 1.402 * 255 / 224 * 32 = 51.07.
        assertThat(red).containsExactly(128, 141, 166, 179);
    }

    @Test
    void theDetailIsWhereTextureIs() {
        // One hard edge at the left, texture around 200,120.
        Picture picture = HeapPictures.of(
                PixelFormat.GRAY8,
                320,
                240,
                (_, x, y) -> x < 40
                        ? 16
                        : Math.abs(x - 200) < 20 && Math.abs(y - 120) < 20 ? (x / 2 + y / 2) % 2 * 120 + 60 : 200);
        Rectangle detail = DetailRegion.find(RgbImages.of(picture, Colour.UNSPECIFIED), 80, 45);
        assertThat(detail.getSize()).hasToString("java.awt.Dimension[width=80,height=45]");
        assertThat(detail.contains(184, 110, 32, 20)).as(detail.toString()).isTrue();
    }

    @Test
    void anImageSmallerThanTheDetailIsTheDetail() {
        BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB);
        assertThat(DetailRegion.find(image, 80, 45)).isEqualTo(new Rectangle(0, 0, 5, 3));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "177, 145", "960, 540", "540, 960", "3840, 2160", "4000, 8"})
    void everySizeGivesAPictureOfBoundedWidth(int width, int height) {
        Picture picture = HeapPictures.noisy(PixelFormat.YUV420P, width, height, 1);
        BufferedImage image = draw(picture, picture);
        assertThat(image.getWidth()).isBetween(2 * 480, SideBySide.MAX_WIDTH);
        assertThat(image.getHeight()).isLessThan(1400);
    }

    @Test
    void theSmallSourceIsShownInBoxes() {
        Picture small = HeapPictures.noisy(PixelFormat.GRAY8, 160, 90, 1);
        byte[] samples = HeapPictures.bytes(small);
        Picture large = HeapPictures.of(PixelFormat.GRAY8, 320, 180, (_, x, y) -> samples[y / 2 * 160 + x / 2]);
        BufferedImage image = draw(small, large);
        int half = image.getWidth() / 2;
        int outlined = 0;
        for (int y = 40; y < image.getHeight() - 60; y++) {
            for (int x = 16; x < half - 4; x++) {
                assertThat(image.getRGB(x, y)).isEqualTo(image.getRGB(x + half - 12, y));
                outlined += image.getRGB(x, y) == ORANGE_OUTLINE ? 1 : 0;
            }
        }
        assertThat(outlined).isGreaterThan(2 * 2 * 120);
    }

    @Test
    void ofThree_theDetailIsWhereTheLastTwoDiffer() {
        Picture first = HeapPictures.noisy(PixelFormat.GRAY8, 160, 90, 1);
        byte[] samples = HeapPictures.bytes(HeapPictures.noisy(PixelFormat.GRAY8, 640, 360, 2));
        Picture second = HeapPictures.of(PixelFormat.GRAY8, 640, 360, (_, x, y) -> samples[y * 640 + x] & 0x7f);
        Picture third = HeapPictures.of(
                PixelFormat.GRAY8,
                640,
                360,
                (_, x, y) -> x / 16 == 24 && y / 16 == 12 ? 255 : samples[y * 640 + x] & 0x7f);
        BufferedImage image = SideBySide.draw(List.of(side(first), side(second), side(third)));
        assertThat(image.getWidth()).isEqualTo(3 * 624 + 2 * 8 + 2 * 16);
        assertThat(image.getRGB(16 + 624 + 8 + 10, 60)).isEqualTo(image.getRGB(16 + 2 * (624 + 8) + 10, 60));
        // The white square, 64 pixels wide in the detail, is in the last one only. Its blocks have no detail by
        // themselves.
        int left = image.getWidth() - 16 - 624;
        int zoomTop = image.getHeight() - 16 - 26 - 87 * 4;
        assertThat(whites(image, left, zoomTop)).isEqualTo(64 * 64);
        assertThat(whites(image, left - 632, zoomTop)).isZero();
    }

    private static long whites(BufferedImage image, int left, int top) {
        long whites = 0;
        for (int y = top; y < top + 87 * 4; y++) {
            for (int x = left; x < left + 624; x++) {
                whites += image.getRGB(x, y) == 0xffffffff ? 1 : 0;
            }
        }
        return whites;
    }

    @Test
    void thePictureIsAPng() throws Exception {
        Picture picture = HeapPictures.noisy(PixelFormat.NV12, 64, 48, 1);
        Path file = folder.resolve("both.png");
        SideBySide.write(List.of(side(picture), side(picture)), file);
        assertThat(ImageIO.read(file.toFile()).getWidth())
                .isEqualTo(draw(picture, picture).getWidth());
    }

    private static int grey(int luma) {
        return RgbImages.of(HeapPictures.constant(PixelFormat.GRAY8, 1, 1, luma), Colour.UNSPECIFIED)
                .getRGB(0, 0);
    }

    private static BufferedImage draw(Picture a, Picture b) {
        return SideBySide.draw(List.of(side(a), side(b)));
    }

    private static SideBySide.Side side(Picture picture) {
        return new SideBySide.Side("A", "test", picture, Colour.UNSPECIFIED);
    }
}
