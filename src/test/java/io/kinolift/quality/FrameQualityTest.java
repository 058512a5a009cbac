package io.kinolift.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameQualityTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "YUV420P, YUV, '9,16,25'",
        "YUV422P, YUV, '9,16,25'",
        "YUV444P, YUV, '9,16,25'",
        "NV12, YUV, '9,16,25'",
        "RGB24, RGB, '9,16,25'",
        "BGR24, RGB, '25,16,9'",
        "GRAY8, Y, '9'"
    })
    void everyComponentHasItsNameAndError(PixelFormat format, String names, String errors) {
        FrameQuality quality = FrameQuality.measure(
                HeapPictures.constant(format, 33, 17, 100, 110, 120),
                HeapPictures.constant(format, 33, 17, 103, 114, 125));
        assertThat(quality.components())
                .extracting(FrameQuality.Component::name)
                .containsExactly(names.split(""));
        assertThat(quality.components())
                .extracting(c -> Integer.toString((int) c.quality().mse()))
                .containsExactly(errors.split(","));
    }

    @Test
    void allComponentsCountBySize() {
        FrameQuality quality = FrameQuality.measure(
                HeapPictures.constant(PixelFormat.YUV420P, 32, 16, 100, 100, 100),
                HeapPictures.constant(PixelFormat.YUV420P, 32, 16, 100, 106, 100));
        assertThat(quality.all().mse()).isCloseTo(36.0 / 6, within(1e-12));
    }

    @Test
    void picturesOfOtherSizesOrFormatsAreRefused() {
        Picture picture = HeapPictures.constant(PixelFormat.GRAY8, 16, 16, 1);
        assertThatThrownBy(() -> FrameQuality.measure(picture, HeapPictures.constant(PixelFormat.GRAY8, 16, 17, 1)))
                .hasMessageEndingWith("found GRAY8 16x16 and GRAY8 16x17");
        assertThatThrownBy(() -> FrameQuality.measure(picture, HeapPictures.noisy(PixelFormat.NV12, 16, 16, 1)))
                .hasMessageEndingWith("found GRAY8 16x16 and NV12 16x16");
    }

    @Test
    void aClipAveragesErrorsAndKnowsItsWorstFrame() {
        ClipQuality clip = new ClipQuality();
        Picture black = HeapPictures.constant(PixelFormat.GRAY8, 16, 16, 0);
        for (int difference : new int[] {0, 4, 10, 2}) {
            clip.add(FrameQuality.measure(black, HeapPictures.constant(PixelFormat.GRAY8, 16, 16, difference)));
        }
        assertThat(clip.frames()).isEqualTo(4);
        assertThat(clip.mean().all().mse()).isEqualTo((16 + 100 + 4) / 4.0);
        assertThat(clip.mean().all().psnr()).isCloseTo(10 * Math.log10(255 * 255 / 30.0), within(1e-9));
        assertThat(clip.worstFrame()).isEqualTo(2);
        assertThat(clip.worst().mse()).isEqualTo(100);
        assertThatThrownBy(() -> clip.add(FrameQuality.measure(
                        HeapPictures.noisy(PixelFormat.NV12, 16, 16, 1),
                        HeapPictures.noisy(PixelFormat.NV12, 16, 16, 1))))
                .hasMessage("expected frames of one format and size");
    }

    @Test
    void theTableHasOneLinePerFrame() throws Exception {
        Path file = folder.resolve("quality.csv");
        Picture tiny = HeapPictures.constant(PixelFormat.NV12, 8, 8, 10, 20, 30);
        try (QualityCsv csv = QualityCsv.create(file)) {
            csv.add(FrameQuality.measure(tiny, tiny));
            csv.add(FrameQuality.measure(tiny, HeapPictures.constant(PixelFormat.NV12, 8, 8, 10, 21, 40)));
        }
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "frame,psnr_y,ssim_y,gmsd_y,ringing_y,psnr_u,ssim_u,gmsd_u,ringing_u,psnr_v,ssim_v,gmsd_v,ringing_v,psnr_all,ssim_all,gmsd_all,ringing_all",
                        "0,inf,1.000000,0.000000,0.0000,inf,nan,nan,0.0000,inf,nan,nan,0.0000,inf,nan,nan,0.0000",
                        "1,inf,1.000000,0.000000,0.0000,48.1308,nan,nan,1.0000,28.1308,nan,nan,10.0000,35.8691,nan,nan,4.1028");
    }
}
