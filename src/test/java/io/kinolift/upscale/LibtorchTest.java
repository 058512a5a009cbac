package io.kinolift.upscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.Kernels;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleVector;
import org.bytedeco.pytorch.DoubleVectorOptional;
import org.bytedeco.pytorch.InterpolateFuncOptions;
import org.bytedeco.pytorch.InterpolateMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kTrilinear;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares a whole segment with {@code nn.Upsample(scale_factor, mode="trilinear")} in float32 or float64, rounded. */
class LibtorchTest {
    private static final int FRAMES = 4;
    private static final int HEIGHT = 11;
    private static final int WIDTH = 37;

    @BeforeAll
    static void loadLibtorch() {
        try {
            torch.set_num_threads(1);
        } catch (LinkageError e) {
            abort("libtorch cannot be loaded on this platform: " + e);
        }
    }

    /** Float32 may round to either side of a tie; everywhere else its error is far too small to change a sample. */
    @ParameterizedTest
    @CsvSource({"2,2,2", "4,4,4", "1,3,3"})
    void isTheRoundedTensorExceptOnTies(int t, int h, int w) {
        List<Picture> frames = Pictures.noise(PixelFormat.GRAY8, WIDTH, HEIGHT, FRAMES, 8);
        List<Picture> outputs = Pictures.upscale(settings(t, h, w), Kernels.interpolation(), frames);
        float[] tensor = upsampleFloats(frames, t, h, w);
        assertThat(tensor).hasSize(outputs.size() * HEIGHT * h * WIDTH * w);
        int at = 0;
        int ties = 0;
        for (Picture output : outputs) {
            for (int y = 0; y < HEIGHT * h; y++) {
                for (int x = 0; x < WIDTH * w; x++) {
                    float v = tensor[at++];
                    int found = Pictures.sample(output, 0, y, x, 0);
                    // The values are multiples of 1 / (8 t h w): a value nearer to a half than that is a half.
                    boolean tie = Math.abs(v - Math.floor(v) - 0.5) < 1.0 / (16 * t * h * w);
                    ties += tie ? 1 : 0;
                    if (tie) {
                        assertThat((double) found).isCloseTo(v, within(0.501));
                    } else {
                        assertThat(found).as("row %d column %d", y, x).isEqualTo((int) Math.floor(v + 0.5f));
                    }
                }
            }
        }
        assertThat(ties).isLessThan(at / 10);
    }

    /** Samples of 10 bits; in float64, where factors that are powers of two keep ties exact. */
    @ParameterizedTest
    @CsvSource({"2,2,2", "4,4,4", "1,2,2", "1,4,4", "1,3,3", "2,3,3"})
    void highDepthSamplesAreTheRoundedTensorOfDoubles(int t, int h, int w) {
        List<Picture> frames = Pictures.noise(PixelFormat.GRAY10, WIDTH, HEIGHT, FRAMES, 9);
        List<Picture> outputs = Pictures.upscale(settings(t, h, w), Kernels.interpolation(), frames);
        double[] tensor = upsampleDoubles(frames, t, h, w);
        assertThat(tensor).hasSize(outputs.size() * HEIGHT * h * WIDTH * w);
        // Thirds have no exact double: a value this little below a half is a half.
        double nearby = h == 3 ? 1e-9 : 0;
        for (int i = 0; i < tensor.length; i++) {
            Picture output = outputs.get(i / (HEIGHT * h * WIDTH * w));
            int y = i / (WIDTH * w) % (HEIGHT * h);
            assertThat(Pictures.sample(output, 0, y, i % (WIDTH * w), 0))
                    .as("row %d of %s", y, tensor[i])
                    .isEqualTo((int) Math.floor(tensor[i] + 0.5 + nearby));
        }
    }

    private static Interpolation settings(int t, int h, int w) {
        return new Interpolation(
                Mode.TRILINEAR,
                Rational.of(t),
                new SpatialTarget.Factors(Rational.of(h), Rational.of(w)),
                false,
                TemporalGrid.HALF_PIXEL);
    }

    private static double[] samples(List<Picture> frames) {
        double[] samples = new double[FRAMES * HEIGHT * WIDTH];
        for (int i = 0; i < samples.length; i++) {
            Picture frame = frames.get(i / (HEIGHT * WIDTH));
            samples[i] = Pictures.sample(frame, 0, i / WIDTH % HEIGHT, i % WIDTH, 0);
        }
        return samples;
    }

    private static double[] upsampleDoubles(List<Picture> frames, int t, int h, int w) {
        try (PointerScope scope = new PointerScope()) {
            Tensor output = upsample(Tensor.create(samples(frames), 1, 1, FRAMES, HEIGHT, WIDTH), t, h, w);
            double[] result = new double[Math.toIntExact(output.numel())];
            new DoublePointer(output.data_ptr()).get(result);
            return result;
        }
    }

    private static float[] upsampleFloats(List<Picture> frames, int t, int h, int w) {
        double[] samples = samples(frames);
        float[] floats = new float[samples.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) samples[i];
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor output = upsample(Tensor.create(floats, 1, 1, FRAMES, HEIGHT, WIDTH), t, h, w);
            float[] result = new float[Math.toIntExact(output.numel())];
            new FloatPointer(output.data_ptr()).get(result);
            return result;
        }
    }

    private static Tensor upsample(Tensor input, int t, int h, int w) {
        InterpolateFuncOptions options = new InterpolateFuncOptions();
        options.mode().put(new InterpolateMode(new kTrilinear()));
        options.align_corners().put(false);
        options.scale_factor().put(new DoubleVectorOptional(new DoubleVector((double) t, h, w)));
        return torch.interpolate(input, options).contiguous();
    }
}
