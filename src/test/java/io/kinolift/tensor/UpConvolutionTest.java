package io.kinolift.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class UpConvolutionTest {
    @Test
    void transposedFormLaysKernelsSideBySide() {
        Tensor input = Tensor.of(new float[] {1, 2}, 1, 1, 1, 2);
        Tensor weight = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);

        Tensor output = UpConvolution.transposed(weight, null).apply(input);

        assertThat(output.shape()).containsExactly(1, 1, 2, 4);
        assertThat(output.data()).containsExactly(1, 2, 2, 4, 3, 4, 6, 8);
    }

    @Test
    void bilinearFormAgreesWithLibtorch() {
        Libtorch.assumeAvailable();
        Duel duel = new Duel("UpConvolution.bilinear", 1e-6);
        for (long seed = 1; duel.legal() < 100; seed++) {
            Draw draw = new Draw(seed);
            int in = draw.between(1, 6);
            int out = draw.between(1, 6);
            Tensor input = draw.tensor(draw.between(1, 2), in, draw.between(1, 20), draw.between(1, 20));
            Tensor weight = draw.tensor(out, in, 1, 1);
            Tensor bias = draw.tensor(out);
            Tensor variance = draw.tensor(out);
            for (int i = 0; i < out; i++) {
                variance.data()[i] = Math.abs(variance.data()[i]) + 0.01f;
            }
            BatchNorm norm = new BatchNorm(draw.tensor(out), draw.tensor(out), draw.tensor(out), variance, 1e-5);
            boolean alignCorners = draw.chance(0.5);
            double mixed = in * Duel.largestMagnitude(input) * Duel.largestMagnitude(weight)
                    + Duel.largestMagnitude(bias)
                    + Duel.largestMagnitude(norm.runningMean());
            double scale = mixed * Duel.largestMagnitude(norm.weight()) / Math.sqrt(smallest(variance))
                    + Duel.largestMagnitude(norm.bias());
            duel.fight(
                    () -> UpConvolution.bilinear(alignCorners, weight, bias, norm)
                            .apply(input),
                    () -> Libtorch.bilinearUpConvolution(input, alignCorners, weight, bias, norm),
                    () -> scale,
                    Duel.text("seed", seed, input, weight, alignCorners));
        }
        duel.report();
    }

    @Test
    void refusesOtherKernels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UpConvolution.transposed(Tensor.zeros(1, 1, 3, 3), null))
                .withMessage("expected weight (in, out, 2, 2), found Tensor[1, 1, 3, 3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchNorm(null, Tensor.zeros(2), Tensor.zeros(3), Tensor.zeros(3), 1e-5))
                .withMessage("expected bias of shape [3], found Tensor[2]");
    }

    private static double smallest(Tensor tensor) {
        double smallest = Double.MAX_VALUE;
        for (float value : tensor.data()) {
            smallest = Math.min(smallest, value);
        }
        return smallest;
    }
}
