package io.kinolift.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Transposed convolution against libtorch on random parameters, legal and illegal. */
class ConvTransposeOracleTest {
    @BeforeAll
    static void loadLibtorch() {
        Libtorch.assumeConvTransposeIsRight();
    }

    @Test
    void agreesWithLibtorch() {
        Duel duel = new Duel("ConvTranspose", 1e-6);
        int target = Duel.cases(30);
        for (long seed = 1; duel.legal() < target; seed++) {
            run(duel, seed);
        }
        duel.report();
        assertThat(duel.refused()).isGreaterThan(duel.legal() / 20);
    }

    private static void run(Duel duel, long seed) {
        Draw draw = new Draw(seed);
        int dimensions = draw.between(1, 3);
        int groups = draw.between(1, 3);
        int[] inputShape = draw.signalShape(dimensions, dimensions == 3 ? 8 : 20);
        inputShape[1] = groups * draw.between(1, 3);
        int[] weightShape = draw.each(dimensions + 2, 1, dimensions == 3 ? 4 : 6);
        weightShape[0] = inputShape[1];
        weightShape[1] = draw.between(1, 3);
        int[] stride = draw.each(dimensions, 1, 4);
        int[] dilation = draw.each(dimensions, 1, 3);
        int[] padding = new int[dimensions];
        int[] outputPadding = new int[dimensions];
        for (int d = 0; d < dimensions; d++) {
            padding[d] = draw.between(0, draw.chance(0.05) ? 12 : weightShape[d + 2] / 2);
            outputPadding[d] = draw.between(0, Math.max(stride[d], dilation[d]) - 1);
        }
        int biasCount = weightShape[1] * groups;
        if (draw.chance(0.12)) {
            // No dilation of 0: libtorch lets it through to a library that computes something else each time.
            switch (draw.between(0, 6)) {
                case 0 -> stride[0] = draw.between(-1, 0);
                case 1 -> padding[dimensions - 1] = -1;
                case 2 -> outputPadding[0] = draw.between(-1, 4);
                case 3 -> groups = draw.between(-1, 4);
                case 4 -> inputShape[1]++;
                case 5 -> biasCount++;
                default -> weightShape[0]++;
            }
        }
        Tensor weight = draw.tensor(weightShape);
        Tensor bias = draw.chance(0.5) ? draw.tensor(biasCount) : null;
        boolean batched = draw.chance(0.8);
        int[] shape = batched ? inputShape : Arrays.copyOfRange(inputShape, 1, dimensions + 2);
        Tensor input = draw.tensor(draw.chance(0.01) ? new int[] {2, 3} : shape);
        int finalGroups = groups;
        duel.fight(
                () -> ours(weight, bias, stride, padding, outputPadding, finalGroups, dilation)
                        .apply(input),
                () -> Libtorch.convTranspose(
                        input,
                        weight,
                        bias,
                        Shapes.asLongs(stride),
                        Shapes.asLongs(padding),
                        Shapes.asLongs(outputPadding),
                        finalGroups,
                        Shapes.asLongs(dilation)),
                () -> Duel.largestMagnitude(
                        ours(absolute(weight), absolute(bias), stride, padding, outputPadding, finalGroups, dilation)
                                .apply(absolute(input))),
                Duel.text(
                        "seed",
                        seed,
                        input,
                        weight,
                        bias,
                        "stride",
                        stride,
                        "padding",
                        padding,
                        "output_padding",
                        outputPadding,
                        "groups",
                        finalGroups,
                        "dilation",
                        dilation));
    }

    private static ConvTranspose ours(
            Tensor weight, Tensor bias, int[] stride, int[] padding, int[] outputPadding, int groups, int[] dilation) {
        return ConvTranspose.builder(weight)
                .bias(bias)
                .stride(stride)
                .padding(padding)
                .outputPadding(outputPadding)
                .groups(groups)
                .dilation(dilation)
                .build();
    }

    private static Tensor absolute(Tensor tensor) {
        if (tensor == null) {
            return null;
        }
        Tensor result = Tensor.zeros(tensor.shape());
        for (int i = 0; i < result.count(); i++) {
            result.data()[i] = Math.abs(tensor.data()[i]);
        }
        return result;
    }
}
