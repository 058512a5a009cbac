package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.VideoReader;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoFileTest {
    private static final FrameFormat FORMAT =
            new FrameFormat(Codec.RAW, PixelFormat.YUV420P, 64, 48, Rational.ONE, Colour.UNSPECIFIED);

    @TempDir
    private Path folder;

    /** Fewer than are looked at, and more; a rate that is said wins. */
    @ParameterizedTest
    @CsvSource({"mkv, 5, , 30", "mkv, 20, , 30", "mkv, 20, 60, 60", "avi, 20, , 30"})
    void withoutARate_theFileHasThatOfItsFrames(String container, int frames, String said, String expected)
            throws Exception {
        Path path = folder.resolve("clip." + container);
        try (VideoFile file = new VideoFile(new VideoFile.Settings(
                path, "ffv1", said == null ? null : Rational.parse(said), 2, 0, null, null, 1))) {
            for (int i = 0; i < frames; i++) {
                file.frame(
                        new EncodedFrame(
                                "a", 0, i, 512L * i, 512, Rational.of(1, 15_360), FORMAT, true, false, 0, new byte[1]),
                        TestPictures.ramp(PixelFormat.YUV420P, 64, 48, i));
            }
            file.finish();
            assertThat(file.frames()).isEqualTo(frames);
        }
        try (VideoReader reader = VideoReader.open(path.toString(), ReaderLimits.DEFAULT)) {
            assertThat(reader.info().averageFrameRate()).isEqualTo(Rational.parse(expected));
            for (int i = 0; i < frames; i++) {
                reader.next().close();
            }
            assertThat(reader.next()).isNull();
        }
    }
}
