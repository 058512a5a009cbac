package io.kinolift.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.convolve.Channels;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.upscale.network.NetworkOperator;
import io.kinolift.upscale.network.NetworkUpsampling;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnnxNetworkTest {
    private static final int WIDTH = 41;
    private static final int HEIGHT = 30;

    @Test
    void factorsAreFoundByTrial() {
        assertThat(OnnxNetwork.load(TestModels.convTranspose3d(1)).factors()).containsExactly(2, 2, 2);
        assertThat(OnnxNetwork.load(TestModels.maxUnpool()).factors()).containsExactly(1, 3, 3);
        assertThat(OnnxNetwork.load(TestModels.upConvolution()).factors()).containsExactly(1, 2, 2);
        assertThat(OnnxNetwork.load(TestModels.upConvolution()).channels()).isEqualTo(3);
        assertThat(OnnxNetwork.load(TestModels.maxUnpool()).metadata()).containsEntry("multiple", "2");
    }

    @Test
    void whatIsOfNoUseIsSaidInOneLine() {
        for (byte[] model : List.of(new byte[] {1, 2, 3}, TestModels.ofNoFactor(), TestModels.ofFixedSize())) {
            assertThatThrownBy(() -> OnnxNetwork.load(model))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("expected ")
                    .hasMessageContaining(", found")
                    .hasMessageNotContaining("\n");
        }
    }

    /** Tiles of any size, shared out to any number of bands, are the network on the whole picture. */
    @Test
    void tilesLeaveNoTrace() throws Exception {
        byte[] whole = luma(TestModels.maxUnpool(), 255, new int[] {0, 2, 2}, 2, 64, 1);
        assertThat(whole).isEqualTo(ofWholePicture());
        for (int tile : new int[] {4, 7, 16, 20, 40}) {
            assertThat(luma(TestModels.maxUnpool(), 255, new int[] {0, 2, 2}, 2, tile, 1))
                    .isEqualTo(whole);
            assertThat(luma(TestModels.maxUnpool(), 255, new int[] {0, 2, 2}, 2, tile, 3))
                    .isEqualTo(whole);
        }
        // A halo that is too small shows: so the test can tell.
        assertThat(luma(TestModels.maxUnpool(), 255, new int[] {0, 0, 0}, 2, 16, 1))
                .isNotEqualTo(whole);
    }

    /** 41 columns are no multiple of 2: the last is there twice. */
    private static byte[] ofWholePicture() throws Exception {
        byte[] samples = samples();
        float[] padded = new float[HEIGHT * (WIDTH + 1)];
        for (int i = 0; i < padded.length; i++) {
            padded[i] = samples[i / (WIDTH + 1) * WIDTH + Math.min(i % (WIDTH + 1), WIDTH - 1)] & 0xff;
        }
        float[] made = WholeClip.run(TestModels.maxUnpool(), padded, 1, 1, HEIGHT, WIDTH + 1);
        byte[] expected = new byte[9 * HEIGHT * WIDTH];
        for (int i = 0; i < expected.length; i++) {
            float value = made[i / (3 * WIDTH) * 3 * (WIDTH + 1) + i % (3 * WIDTH)];
            expected[i] = (byte) Math.clamp((int) Math.floor(value + 0.5), 0, 255);
        }
        return expected;
    }

    private static byte[] luma(byte[] model, float white, int[] halo, int multiple, int tile, int bands) {
        NetworkUpsampling settings = new NetworkUpsampling(
                OnnxNetwork.load(model),
                Channels.LUMA,
                new int[] {0},
                white,
                halo,
                multiple,
                tile,
                TemporalGrid.HALF_PIXEL);
        BoundOperator bound = NetworkOperator.of(settings).bind(PixelFormat.GRAY8, WIDTH, HEIGHT);
        AvPictures pictures = new AvPictures();
        try (Picture input = pictures.allocate(PixelFormat.GRAY8, WIDTH, HEIGHT);
                Picture output = pictures.allocate(PixelFormat.GRAY8, bound.outputWidth(), bound.outputHeight())) {
            byte[] samples = samples();
            for (int i = 0; i < samples.length; i++) {
                input.plane(0)
                        .data()
                        .set(ValueLayout.JAVA_BYTE, i / WIDTH * input.plane(0).stride() + i % WIDTH, samples[i]);
            }
            bound.upscale(
                    0, one(input), output, work -> IntStream.range(0, bands).forEach(band -> work.run(band, bands)));
            byte[] made = new byte[bound.outputWidth() * bound.outputHeight()];
            for (int i = 0; i < made.length; i++) {
                made[i] = output.plane(0)
                        .data()
                        .get(
                                ValueLayout.JAVA_BYTE,
                                i / bound.outputWidth() * output.plane(0).stride() + i % bound.outputWidth());
            }
            return made;
        }
    }

    /** Samples of 10 bits are those of 8 times four, and so is what the network makes of them, more finely rounded. */
    @Test
    void highDepthSamplesAreFourTimesAsFine() {
        int[] halo = {0, 2, 2};
        byte[] bytes = luma(TestModels.maxUnpool(), 255, halo, 2, 16, 1);
        NetworkUpsampling settings = new NetworkUpsampling(
                OnnxNetwork.load(TestModels.maxUnpool()),
                Channels.LUMA,
                new int[] {0},
                255,
                halo,
                2,
                16,
                TemporalGrid.HALF_PIXEL);
        BoundOperator bound = NetworkOperator.of(settings).bind(PixelFormat.GRAY10, WIDTH, HEIGHT);
        AvPictures pictures = new AvPictures();
        try (Picture input = pictures.allocate(PixelFormat.GRAY10, WIDTH, HEIGHT);
                Picture output = pictures.allocate(PixelFormat.GRAY10, bound.outputWidth(), bound.outputHeight())) {
            byte[] samples = samples();
            for (int i = 0; i < samples.length; i++) {
                input.plane(0).set(i % WIDTH, i / WIDTH, 4 * (samples[i] & 0xff));
            }
            bound.upscale(0, one(input), output, Bands.ONE);
            for (int i = 0; i < bytes.length; i++) {
                int sample = output.plane(0).sample(i % bound.outputWidth(), i / bound.outputWidth());
                int expected = bytes[i] & 0xff;
                // 255 is where bytes end.
                assertThat(expected == 255 ? Math.min(sample, 1020) : sample).isCloseTo(4 * expected, within(2));
            }
        }
    }

    private static byte[] samples() {
        byte[] samples = new byte[WIDTH * HEIGHT];
        new Random(7).nextBytes(samples);
        return samples;
    }

    private static InputFrames one(Picture picture) {
        return new InputFrames() {
            @Override
            public long first() {
                return 0;
            }

            @Override
            public long last() {
                return 0;
            }

            @Override
            public Picture at(long index) {
                return picture;
            }
        };
    }
}
