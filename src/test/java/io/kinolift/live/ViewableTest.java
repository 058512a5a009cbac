package io.kinolift.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.TestFrames;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a browser is given. */
class ViewableTest {
    @ParameterizedTest
    @CsvSource({
        "RAW, RGB24, image/png",
        "FFV1, YUV420P, image/jpeg",
        "FFV1, YUV420P10, image/jpeg",
        "RAW, GRAY10, image/jpeg"
    })
    void anyFrameIsShown(Codec codec, PixelFormat pixels, String type) throws Exception {
        FrameFormat format = TestPictures.format(codec, pixels, 64, 48);
        try (Picture picture = TestPictures.ramp(pixels, 64, 48, 0);
                FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT)) {
            for (int y = 0; y < 48; y++) {
                for (int x = 0; x < picture.plane(0).rowSamples(); x++) {
                    picture.plane(0).set(x, y, 200 * pixels.scaleFrom8Bit());
                }
            }
            EncodedFrame any = TestFrames.raw("a", 0, 64, 48);
            Viewable shown = Viewable.of(
                    new EncodedFrame("a", 0, 0, 0, 1, any.timeBase(), format, true, false, 0, encoder.encode(picture)));
            assertThat(shown.type()).isEqualTo(type);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(shown.bytes()));
            assertThat(image.getWidth()).isEqualTo(64);
            // Green, nearly all of luma; the chroma of the ramp is not much.
            if (pixels.planeCount() == 1) {
                assertThat(image.getRGB(30, 20) >> 8 & 0xff).isCloseTo(200, within(4));
            }
        }
    }

    @Test
    void aFrameThatRefersToOthers_isNotShownAlone() throws Exception {
        EncodedFrame any = TestFrames.raw("a", 0, 64, 48);
        Viewable shown = Viewable.of(new EncodedFrame(
                "a", 0, 0, 0, 1, any.timeBase(), any.format().withCodec(Codec.H264), true, false, 0, new byte[9]));
        assertThat(shown.bytes()).isEmpty();
    }
}
