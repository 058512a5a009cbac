package io.kinolift.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.ffmpeg.EightBits;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FrameCodecsTest {
    private static final int[][] SIZES = {{1, 1}, {33, 17}, {177, 145}};

    /** All formats in small sizes, and two of each codec in a large one. */
    static Stream<Arguments> combinations() {
        return Codec.written().stream().flatMap(codec -> {
            List<PixelFormat> formats = List.copyOf(FrameCodecs.supported(codec));
            Stream<Arguments> small = formats.stream()
                    .flatMap(format -> Arrays.stream(SIZES).map(size -> Arguments.of(codec, format, size[0], size[1])));
            Stream<Arguments> large = Stream.of(formats.getFirst(), formats.getLast())
                    .map(format -> Arguments.of(codec, format, 640, 360));
            return Stream.concat(small, large);
        });
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyFormatReturnsAsItWent(Codec codec, PixelFormat pixels, int width, int height) throws Exception {
        FrameFormat format = TestPictures.format(codec, pixels, width, height);
        try (FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT);
                FrameDecoder decoder = FrameCodecs.decoder(codec, DecoderLimits.DEFAULT);
                Picture picture = codec.isLossless()
                        ? TestPictures.noise(pixels, width, height, 7)
                        : TestPictures.ramp(pixels, width, height, 3);
                Picture result = decoder.decode(format, encoder.encode(picture))) {
            assertThat(result.format()).isEqualTo(pixels);
            byte[] before = TestPictures.samples(picture);
            byte[] after = TestPictures.samples(result);
            if (codec.isLossless()) {
                assertThat(after).isEqualTo(before);
            } else {
                assertThat(TestPictures.meanDifference(before, after)).isLessThan(3);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void reusedEqualsFresh(Codec codec, PixelFormat pixels, int width, int height) throws Exception {
        FrameFormat format = TestPictures.format(codec, pixels, width, height);
        try (FrameEncoder reused = FrameCodecs.encoder(format, EncoderSettings.DEFAULT);
                FrameDecoder decoder = FrameCodecs.decoder(codec, DecoderLimits.DEFAULT)) {
            for (int i = 0; i < 4; i++) {
                try (Picture picture = i % 2 == 0
                                ? TestPictures.noise(pixels, width, height, i)
                                : TestPictures.ramp(pixels, width, height, i);
                        FrameEncoder fresh = FrameCodecs.encoder(format, EncoderSettings.DEFAULT);
                        FrameDecoder freshDecoder = FrameCodecs.decoder(codec, DecoderLimits.DEFAULT)) {
                    byte[] payload = reused.encode(picture);
                    assertThat(payload).isEqualTo(fresh.encode(picture));
                    assertThat(attempt(decoder, format, payload)).isEqualTo(attempt(freshDecoder, format, payload));
                    byte[] damaged = damage(payload, i);
                    assertThat(attempt(decoder, format, damaged)).isEqualTo(attempt(freshDecoder, format, damaged));
                }
            }
        }
    }

    /** Of one buffer after another, and of parts of an array that begin and end anywhere. */
    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"JPEG", "PNG", "RAW", "FFV1"})
    void payloadsMayLieAnywhere(Codec codec) throws Exception {
        FrameFormat format = TestPictures.format(codec, PixelFormat.GRAY8, 33, 17);
        try (FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT);
                FrameDecoder decoder = FrameCodecs.decoder(codec, DecoderLimits.DEFAULT);
                Picture noise = TestPictures.noise(PixelFormat.GRAY8, 33, 17, 1);
                Picture ramp = TestPictures.ramp(PixelFormat.GRAY8, 33, 17, 1)) {
            PayloadBuffer buffer = new PayloadBuffer();
            for (Picture picture : List.of(noise, ramp, noise)) {
                byte[] expected = encoder.encode(picture);
                ByteBuffer payload = encoder.encode(picture, buffer);
                assertThat(payload).isEqualTo(ByteBuffer.wrap(expected));
                ByteBuffer amid = ByteBuffer.allocate(expected.length + 9)
                        .put(5, payload, 0, expected.length)
                        .position(2)
                        .slice()
                        .position(3)
                        .limit(3 + expected.length);
                try (Picture whole = decoder.decode(format, expected);
                        Picture part = decoder.decode(format, amid)) {
                    assertThat(TestPictures.samples(part)).isEqualTo(TestPictures.samples(whole));
                }
                assertThat(amid.position()).isEqualTo(3);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"JPEG", "PNG", "RAW", "FFV1"})
    void damageIsAResultNeverACrash(Codec codec) throws Exception {
        FrameFormat format = TestPictures.format(codec, PixelFormat.GRAY8, 33, 17);
        try (FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT);
                FrameDecoder decoder = FrameCodecs.decoder(codec, DecoderLimits.DEFAULT);
                Picture picture = TestPictures.noise(PixelFormat.GRAY8, 33, 17, 1)) {
            byte[] payload = encoder.encode(picture);
            for (int seed = 0; seed < 300; seed++) {
                attempt(decoder, format, damage(payload, seed));
            }
            for (int length : new int[] {0, 1, 20, payload.length / 2}) {
                byte[] truncated = Arrays.copyOf(payload, length);
                assertThatThrownBy(() -> decoder.decode(format, truncated))
                        .isInstanceOfSatisfying(
                                FrameCodecException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.UNDECODABLE));
            }
            byte[] junk = new byte[1000];
            new Random(5).nextBytes(junk);
            assertThatThrownBy(() -> decoder.decode(format, junk)).isInstanceOf(FrameCodecException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"JPEG", "PNG", "FFV1"})
    void anotherSizeThanExpectedIsRefused(Codec codec) throws Exception {
        FrameFormat format = TestPictures.format(codec, PixelFormat.GRAY8, 64, 32);
        try (FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT);
                FrameDecoder decoder = FrameCodecs.decoder(codec, DecoderLimits.DEFAULT);
                FrameDecoder strict = FrameCodecs.decoder(codec, new DecoderLimits(100));
                Picture picture = TestPictures.ramp(PixelFormat.GRAY8, 64, 32, 0)) {
            byte[] payload = encoder.encode(picture);
            FrameFormat other = format.withPicture(PixelFormat.GRAY8, 32, 32);
            assertThatThrownBy(() -> decoder.decode(other, payload))
                    .hasMessageContaining("expected " + codec + " GRAY8 32x32")
                    .hasMessageContaining("64x32");
            FrameFormat small = format.withPicture(PixelFormat.GRAY8, 8, 8);
            assertThatThrownBy(() -> strict.decode(small, payload))
                    .isInstanceOfSatisfying(
                            FrameCodecException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
        }
    }

    @Test
    void anotherPixelFormatThanExpectedIsRefused() throws Exception {
        FrameFormat format = TestPictures.format(Codec.JPEG, PixelFormat.YUV422P, 64, 32);
        try (FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT);
                FrameDecoder decoder = FrameCodecs.decoder(Codec.JPEG, DecoderLimits.DEFAULT);
                Picture picture = TestPictures.noise(PixelFormat.YUV422P, 64, 32, 0)) {
            byte[] payload = encoder.encode(picture);
            for (PixelFormat other : new PixelFormat[] {PixelFormat.YUV420P, PixelFormat.GRAY8, PixelFormat.NV12}) {
                assertThatThrownBy(() -> decoder.decode(format.withPicture(other, 64, 32), payload))
                        .isInstanceOfSatisfying(
                                FrameCodecException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_FORMAT));
            }
        }
    }

    @Test
    void unsupportedFormatsAreNamed() {
        assertThatThrownBy(() -> FrameCodecs.requireSupported(Codec.JPEG, PixelFormat.RGB24))
                .hasMessage("expected one of [GRAY8, YUV420P, YUV422P, YUV444P, NV12] for JPEG, found RGB24"
                        + " (--frame-codec png holds it; kinolift.frame.codec=auto chooses for each stream)");
        assertThatThrownBy(() -> FrameCodecs.requireSupported(Codec.PNG, PixelFormat.YUV420P))
                .hasMessageContaining("[GRAY8, RGB24, BGR24, GRAY16, GBRP, GBRP16, RGB48, RGBA, BGRA, GBRAP] for PNG");
        assertThatThrownBy(() -> FrameCodecs.requireSupported(Codec.JPEG, PixelFormat.YUV420P10))
                .hasMessageEndingWith(
                        "for JPEG, found YUV420P10 (--frame-codec ffv1 holds it; kinolift.frame.codec=auto chooses for each stream)");
    }

    /** JPEG where it holds the format, then FFV1, which is faster than PNG. */
    @ParameterizedTest
    @CsvSource({
        "YUV420P, JPEG", "GRAY8, JPEG", "NV12, JPEG", "YUV420P10, FFV1", "P010, FFV1", "GRAY16, FFV1", "RGB24, PNG",
        "GBRP, PNG", "GBRP10, FFV1", "RGB48, FFV1", "RGBA, FFV1", "YUVA420P, FFV1", "YUVA444P16, FFV1", "GBRAP16, FFV1"
    })
    void everyFormatHasAUsualCodec(PixelFormat format, Codec codec) {
        assertThat(FrameCodecs.usual(format)).isEqualTo(codec);
    }

    /** Kernels rely on it: sums of larger ones would not fit their lanes. */
    @Test
    void samplesBeyondTheirRangeAreRefused() throws Exception {
        FrameFormat format = TestPictures.format(Codec.RAW, PixelFormat.GRAY10, 3, 1);
        try (FrameDecoder decoder = FrameCodecs.decoder(Codec.RAW, DecoderLimits.DEFAULT)) {
            try (Picture picture = decoder.decode(format, new byte[] {(byte) 0xFF, 3, 0, 0, 1, 2})) {
                assertThat(picture.plane(0).sample(0, 0)).isEqualTo(1023);
                assertThat(picture.plane(0).sample(2, 0)).isEqualTo(513);
            }
            for (byte upper : new byte[] {4, -128, 127}) {
                assertThatThrownBy(() -> decoder.decode(format, new byte[] {0, 0, 0, upper, 0, 0}))
                        .isInstanceOf(FrameCodecException.class)
                        .hasMessageContaining("up to 1023 in RAW GRAY10 3x1");
            }
        }
    }

    @Test
    void highDepthSamplesAreShownInEightBits() {
        try (Picture highDepth = TestPictures.noise(PixelFormat.YUV422P10, 33, 17, 5);
                Picture shown = EightBits.of(highDepth)) {
            assertThat(shown.format()).isEqualTo(PixelFormat.YUV422P);
            for (int plane = 0; plane < 3; plane++) {
                for (int y = 0; y < 17; y++) {
                    for (int x = 0; x < shown.plane(plane).width(); x++) {
                        int sample = highDepth.plane(plane).sample(x, y);
                        assertThat(shown.plane(plane).sample(x, y))
                                .isEqualTo((int) Math.min(255, Math.floor(sample / 4.0 + 0.5)));
                    }
                }
            }
        }
    }

    @Test
    void limitedRangeTravelsThroughJpegUnchanged() throws Exception {
        FrameFormat unspecified = TestPictures.format(Codec.JPEG, PixelFormat.YUV420P, 64, 64);
        try (Picture picture = TestPictures.ramp(PixelFormat.YUV420P, 64, 64, 0);
                FrameDecoder decoder = FrameCodecs.decoder(Codec.JPEG, DecoderLimits.DEFAULT)) {
            for (Colour.Range range : Colour.Range.values()) {
                Colour colour = new Colour(range, 1, 1, 1, Colour.ChromaLocation.LEFT);
                FrameFormat format = new FrameFormat(Codec.JPEG, PixelFormat.YUV420P, 64, 64, Rational.ONE, colour);
                try (FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT);
                        Picture result = decoder.decode(unspecified, encoder.encode(picture))) {
                    assertThat(TestPictures.meanDifference(TestPictures.samples(picture), TestPictures.samples(result)))
                            .isLessThan(1);
                }
            }
        }
    }

    @Test
    void aThousandCodecsLeaveNoMemoryBehind() throws Exception {
        openAndClose(100);
        long before = residentBytes();
        openAndClose(1000);
        assertThat(residentBytes() - before).isLessThan(64L << 20);
    }

    private static void openAndClose(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            Codec codec = Codec.written().get(i % Codec.written().size());
            FrameFormat format = TestPictures.format(codec, PixelFormat.GRAY8, 320, 240);
            try (FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT);
                    FrameDecoder decoder = FrameCodecs.decoder(codec, DecoderLimits.DEFAULT);
                    Picture picture = TestPictures.ramp(PixelFormat.GRAY8, 320, 240, i)) {
                decoder.decode(format, encoder.encode(picture)).close();
            }
        }
    }

    private static long residentBytes() throws Exception {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1]) * 4096;
    }

    private static byte[] damage(byte[] payload, int seed) {
        Random random = new Random(seed);
        byte[] damaged = payload.clone();
        for (int i = 0; i < 3; i++) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }

    /** The samples, or the reason why there are none. */
    private static Object attempt(FrameDecoder decoder, FrameFormat format, byte[] payload) {
        try (Picture picture = decoder.decode(format, payload)) {
            return TestPictures.samples(picture);
        } catch (FrameCodecException e) {
            return e.getMessage();
        }
    }
}
