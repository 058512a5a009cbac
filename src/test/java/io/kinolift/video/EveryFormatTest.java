package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.frame.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every pixel format into files and back. */
class EveryFormatTest {
    private static final int WIDTH = 66;
    private static final int HEIGHT = 34;
    private static final Colour COLOUR = new Colour(Colour.Range.LIMITED, 6, 2, 2, Colour.ChromaLocation.UNSPECIFIED);

    @TempDir
    private Path folder;

    /** The usual codec of Matroska loses nothing of any format; its own formats may come back in another order. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "YUV420P")
    void matroskaKeepsEverySample(PixelFormat format) throws Exception {
        VideoSettings settings = VideoWriter.withCodec(settings("clip.mkv", "", format, null));
        assertThat(settings.videoCodec()).isEqualTo("ffv1");
        try (Picture picture = TestPictures.noise(format, WIDTH, HEIGHT, 5);
                Picture back = throughFile(settings, picture)) {
            assertThat(largestDifference(picture, back)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "clip.mov, RGBA, png",
        "clip.mov, RGB48, png",
        "clip.mov, GRAY16, png",
        "clip.mov, GBRP, png",
        "clip.avi, YUVA444P, ffv1",
        "clip.avi, YUV444P12, ffv1",
        "clip.avi, GBRAP, ffv1"
    })
    void otherContainersHaveLosslessCodecsToo(String name, PixelFormat format, String codec) throws Exception {
        VideoSettings settings = VideoWriter.withCodec(settings(name, "", format, null));
        assertThat(settings.videoCodec()).isEqualTo(codec);
        try (Picture picture = TestPictures.noise(format, WIDTH, HEIGHT, 5);
                Picture back = throughFile(settings, picture)) {
            assertThat(largestDifference(picture, back)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "clip.webm, YUVA420P, vp9",
        "clip.webm, RGBA, vp9",
        "clip.webm, YUVA444P, vp9",
        "clip.mov, YUVA420P, prores_ks",
        "clip.mov, YUVA444P10, prores_ks"
    })
    void alphaIsKept(String name, PixelFormat format, String codec) throws Exception {
        VideoSettings settings = VideoWriter.withCodec(settings(name, "", format, null));
        assertThat(settings.videoCodec()).isEqualTo(codec);
        try (Picture picture = TestPictures.ramp(format, WIDTH, HEIGHT, 0);
                Picture back = throughFile(settings, picture)) {
            assertThat(back.format().has(Role.ALPHA)).isTrue();
            PixelFormat.Place before = format.place(Role.ALPHA);
            PixelFormat.Place after = back.format().place(Role.ALPHA);
            Plane was = picture.plane(before.plane());
            Plane is = back.plane(after.plane());
            for (int x = 0; x < WIDTH; x++) {
                double expected =
                        (double) was.sample(x * was.components() + before.component(), 9) / format.maxSample();
                double found = (double) is.sample(x * is.components() + after.component(), 9)
                        / back.format().maxSample();
                assertThat(found).isCloseTo(expected, within(0.04));
            }
        }
    }

    /** Samples are all 100, with alpha of a half. */
    @ParameterizedTest
    @CsvSource({
        "RGBA, , 50",
        "RGBA, #ffffff, 178",
        "BGRA, #ff0000, 178",
        "GBRAP, #0000ff, 50",
        "YUVA420P, #ffffff, 168",
        "YUVA444P, , 58",
        "YUVA444P16, , 58"
    })
    void whereThereIsNoAlpha_picturesLieOverAColour(PixelFormat format, String background, int first) throws Exception {
        Background colour = background == null ? Background.BLACK : Background.parse(background);
        try (Picture picture = TestPictures.noise(format, WIDTH, HEIGHT, 0)) {
            for (Plane plane : picture.planes()) {
                for (int y = 0; y < plane.height(); y++) {
                    for (int i = 0; i < plane.rowSamples(); i++) {
                        boolean alpha = plane.roles().get(i % plane.components()) == Role.ALPHA;
                        plane.set(i, y, alpha ? format.maxSample() / 2 + 1 : 100 * format.scaleFrom8Bit());
                    }
                }
            }
            try (Picture opaque = new Composition(format, colour, COLOUR, HEIGHT).compose(picture)) {
                assertThat(opaque.format()).isEqualTo(format.opaque());
                Role role = format.isRgb() ? Role.RED : Role.LUMA;
                PixelFormat.Place place = opaque.format().place(role);
                Plane plane = opaque.plane(place.plane());
                int found = plane.sample(place.component(), 3);
                assertThat((double) found / format.scaleFrom8Bit()).isCloseTo(first, within(1.0));
            }
        }
    }

    @Test
    void alphaThatIsLostIsTold() throws Exception {
        VideoSettings settings = VideoWriter.withCodec(settings("clip.mp4", "", PixelFormat.YUVA420P, null));
        assertThat(settings.videoCodec()).isEqualTo("h264");
        assertThat(remarks(settings))
                .containsExactly("alpha is composed over black: h264 has none here (--background names another colour;"
                        + " names ending in .mkv, .mov and .webm keep it)");
        VideoSettings green =
                VideoWriter.withCodec(settings("clip.webm", "", PixelFormat.YUVA420P, Background.parse("#00ff00")));
        assertThat(remarks(green)).isEmpty();
        try (Picture picture = TestPictures.ramp(PixelFormat.YUVA420P, WIDTH, HEIGHT, 0);
                Picture back = throughFile(green, picture)) {
            assertThat(back.format()).isEqualTo(PixelFormat.YUV420P);
        }
    }

    @Test
    void depthIsReducedOnlyIfTheCodecWasNamed() throws Exception {
        VideoSettings deep = settings("clip.mp4", "", PixelFormat.YUV420P16, null);
        assertThatThrownBy(() -> VideoWriter.withCodec(deep))
                .isInstanceOf(VideoException.class)
                .hasMessage(
                        "clip.mp4: expected a codec that loses nothing of YUV420P16 66x34, found none; --video-codec"
                                + " av1 reduces them; a name ending in .mkv, with --video-codec ffv1, holds any picture");
        assertThat(remarks(settings("clip.mp4", "av1", PixelFormat.YUV420P16, null)))
                .containsExactly("YUV420P16 is written as yuv420p12le, which av1 encodes, with 12 of 16 bits");
        assertThatThrownBy(() -> VideoWriter.withCodec(settings("clip.mp4", "h264", PixelFormat.YUV420P12, null)))
                .hasMessageContaining("found YUV420P12");
    }

    @ParameterizedTest
    @CsvSource({
        "clip.mp4, YUV444P12, av1, yuv444p12le",
        "clip.mp4, GBRP12, av1, gbrp12le",
        "clip.mp4, GRAY12, av1, gray12le",
        "clip.mov, YUV420P10, prores_ks, yuv422p10le",
        "clip.webm, GBRP, vp9, gbrp"
    })
    void layoutsFollowFromTheEncoder(String name, PixelFormat format, String codec, String layout) throws Exception {
        VideoSettings settings = VideoWriter.withCodec(settings(name, "", format, null));
        assertThat(settings.videoCodec()).isEqualTo(codec);
        EncoderFormat chosen = EncoderFormat.of(VideoEncoder.find(codec), settings);
        assertThat(Ffmpeg.pixelFormatName(chosen.number())).isEqualTo(layout);
    }

    /** Decoders of PNG call the matrix of grey that of RGB, and its range full. */
    @Test
    void greyThatBecomesYuvIsNoRgb() throws Exception {
        VideoSettings grey = settings("clip.mp4", "h264", PixelFormat.GRAY8, null);
        EncoderFormat format = EncoderFormat.of(VideoEncoder.find("h264"), grey);
        Colour png = new Colour(Colour.Range.FULL, 0, 2, 2, Colour.ChromaLocation.UNSPECIFIED);
        assertThat(format.colour(png, HEIGHT).matrix()).isEqualTo(6);
        assertThat(format.colour(png, HEIGHT).range()).isEqualTo(Colour.Range.FULL);
        assertThat(format.colour(Colour.UNSPECIFIED, HEIGHT).range()).isEqualTo(Colour.Range.FULL);
    }

    @Test
    void aviTellsWhenPlayersWillGuessWrong() throws Exception {
        assertThat(remarks(sized("clip.avi", "mjpeg", 1, 720))).anyMatch(line -> line.startsWith("avi cannot say"));
        assertThat(remarks(sized("clip.avi", "ffv1", 6, 720))).anyMatch(line -> line.startsWith("avi cannot say"));
        assertThat(remarks(sized("clip.avi", "ffv1", 1, 480))).anyMatch(line -> line.startsWith("avi cannot say"));
        assertThat(remarks(sized("clip.avi", "mjpeg", 5, 720))).isEmpty();
        assertThat(remarks(sized("clip.avi", "ffv1", 1, 720))).isEmpty();
        assertThat(remarks(sized("clip.mkv", "ffv1", 6, 720))).isEmpty();
    }

    private static VideoSettings sized(String name, String codec, int matrix, int height) {
        Colour colour = new Colour(Colour.Range.LIMITED, matrix, 2, 2, Colour.ChromaLocation.UNSPECIFIED);
        return settings(name, codec, PixelFormat.YUV420P, colour, 64, height, null);
    }

    private List<String> remarks(VideoSettings settings) throws VideoException {
        try (VideoWriter writer = VideoWriter.create(folder.resolve(settings.container()), settings)) {
            return writer.remarks();
        }
    }

    private Picture throughFile(VideoSettings settings, Picture picture) throws Exception {
        Path file = folder.resolve(settings.container());
        try (VideoWriter writer = VideoWriter.create(file, settings)) {
            writer.write(picture, 0, 1);
            writer.finish();
        }
        try (VideoReader reader = VideoReader.open(file.toString(), ReaderLimits.DEFAULT)) {
            return reader.next().picture();
        }
    }

    /** By components, wherever they lie; of a finer format, the upper bits. */
    private static int largestDifference(Picture before, Picture after) {
        int largest = 0;
        int finer = after.format().bitDepth() - before.format().bitDepth();
        for (Role role : before.format().roles()) {
            PixelFormat.Place from = before.format().place(role);
            PixelFormat.Place to = after.format().place(role);
            Plane was = before.plane(from.plane());
            Plane is = after.plane(to.plane());
            assertThat(is.width()).isEqualTo(was.width());
            for (int y = 0; y < was.height(); y++) {
                for (int x = 0; x < was.width(); x++) {
                    int expected = was.sample(x * was.components() + from.component(), y);
                    int found = is.sample(x * is.components() + to.component(), y) >> finer;
                    largest = Math.max(largest, Math.abs(expected - found));
                }
            }
        }
        return largest;
    }

    private static VideoSettings settings(String name, String codec, PixelFormat format, Background background) {
        return settings(name, codec, format, COLOUR, WIDTH, HEIGHT, background);
    }

    private static VideoSettings settings(
            String name,
            String codec,
            PixelFormat format,
            Colour colour,
            int width,
            int height,
            Background background) {
        return new VideoSettings(
                name,
                new EncoderChoice(codec, 0, Map.of(), background),
                format,
                width,
                height,
                Rational.ONE,
                colour,
                Rational.of(1, 25),
                Rational.of(25),
                2,
                PictureSideData.NONE,
                null,
                1);
    }
}
