package io.kinolift.upscale.interpolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.Kernels;
import io.kinolift.upscale.Pictures;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleVector;
import org.bytedeco.pytorch.DoubleVectorOptional;
import org.bytedeco.pytorch.InterpolateFuncOptions;
import org.bytedeco.pytorch.InterpolateMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kBicubic;
import org.bytedeco.pytorch.kTrilinear;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares a whole segment with {@code nn.Upsample(scale_factor, mode="bicubic")} in float64, rounded and clamped. */
class BicubicLibtorchTest {
    private static final int FRAMES = 4;
    private static final int HEIGHT = 11;
    private static final int WIDTH = 37;
    /** The error of float32 on samples up to 255, over a few terms. */
    private static final double ERROR = 1e-4;

    @BeforeAll
    static void loadLibtorch() {
        try {
            torch.set_num_threads(1);
        } catch (LinkageError e) {
            abort("libtorch cannot be loaded on this platform: " + e);
        }
    }

    /** If time also has a factor, frames in between are linear. */
    @ParameterizedTest
    @CsvSource({"1,2,false", "2,2,false", "4,2,false", "1,2,true", "1,3,false", "2,3,false", "1,4,false", "1,4,true"})
    void isTheRoundedTensorExceptNextToTies(int time, int space, boolean corners) {
        List<Picture> frames = Pictures.noise(PixelFormat.GRAY8, WIDTH, HEIGHT, FRAMES, 10);
        Interpolation settings = new Interpolation(
                Mode.BICUBIC,
                Rational.of(time),
                new SpatialTarget.Factors(Rational.of(space), Rational.of(space)),
                corners,
                TemporalGrid.HALF_PIXEL);
        List<Picture> outputs = Pictures.upscale(settings, Kernels.interpolation(), frames);
        double[] tensor = upsample(frames, time, space, corners);
        int height = HEIGHT * space;
        int width = WIDTH * space;
        assertThat(tensor).hasSize(outputs.size() * height * width);
        int unsure = 0;
        for (int i = 0; i < tensor.length; i++) {
            int found = Pictures.sample(outputs.get(i / (height * width)), 0, i / width % height, i % width, 0);
            double v = Math.clamp(tensor[i], 0, 255);
            if (Math.abs(v - Math.floor(v) - 0.5) < ERROR) {
                unsure++;
                assertThat((double) found).isCloseTo(v, within(0.5 + ERROR));
            } else {
                assertThat(found)
                        .as("row %d of %s", i / width % height, tensor[i])
                        .isEqualTo((int) Math.floor(v + 0.5));
            }
        }
        assertThat(unsure).isLessThan(tensor.length / 10);
    }

    private static double[] upsample(List<Picture> frames, int time, int space, boolean corners) {
        double[] samples = new double[FRAMES * HEIGHT * WIDTH];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Pictures.sample(frames.get(i / (HEIGHT * WIDTH)), 0, i / WIDTH % HEIGHT, i % WIDTH, 0);
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor input = Tensor.create(samples, 1, 1, FRAMES, HEIGHT, WIDTH);
            Tensor inTime = torch.interpolate(input, options(new InterpolateMode(new kTrilinear()), false, time, 1, 1));
            Tensor pictures = inTime.reshape((long) FRAMES * time, 1, HEIGHT, WIDTH);
            Tensor output = torch.interpolate(
                            pictures, options(new InterpolateMode(new kBicubic()), corners, space, space))
                    .contiguous();
            double[] result = new double[Math.toIntExact(output.numel())];
            new DoublePointer(output.data_ptr()).get(result);
            return result;
        }
    }

    private static InterpolateFuncOptions options(InterpolateMode mode, boolean corners, double... factors) {
        InterpolateFuncOptions options = new InterpolateFuncOptions();
        options.mode().put(mode);
        options.align_corners().put(corners);
        options.scale_factor().put(new DoubleVectorOptional(new DoubleVector(factors)));
        return options;
    }
}
