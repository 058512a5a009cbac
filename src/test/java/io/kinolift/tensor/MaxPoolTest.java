package io.kinolift.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MaxPoolTest {
    private static final MaxPool HALF = MaxPool.builder(2, 2).build();
    private static final MaxUnpool TWICE = MaxUnpool.of(2, 2);

    @Test
    void unpoolingIsPyTorchsExample() {
        Tensor input = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, 1, 1, 4, 4);

        MaxPool.Result pooled = HALF.applyWithIndices(input);

        assertThat(pooled.values().data()).containsExactly(6, 8, 14, 16);
        assertThat(pooled.indices().data()).containsExactly(5, 7, 13, 15);
        assertThat(TWICE.apply(pooled.values(), pooled.indices()).data())
                .containsExactly(0, 0, 0, 0, 0, 6, 0, 8, 0, 0, 0, 0, 0, 14, 0, 16);
    }

    @Test
    void outputSizeTellsRoundedInputsApart() {
        Tensor input = Tensor.zeros(1, 1, 4, 5);
        for (int i = 0; i < 20; i++) {
            input.data()[i] = i + 1;
        }
        MaxPool.Result pooled = HALF.applyWithIndices(input);

        Tensor output = TWICE.apply(pooled.values(), pooled.indices(), 1, 1, 4, 5);

        assertThat(output.data()).containsExactly(0, 0, 0, 0, 0, 0, 7, 0, 9, 0, 0, 0, 0, 0, 0, 0, 17, 0, 19, 0);
        assertThat(TWICE.apply(pooled.values(), pooled.indices(), 4, 5)).isEqualTo(output);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWICE.apply(pooled.values(), pooled.indices(), 4, 6))
                .withMessage("expected output_size between 2 and 6, both excluded, found 6 in [4, 6]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWICE.apply(pooled.values(), pooled.indices(), 3, 3))
                .withMessageContaining("expected indices from 0 to 8");
    }

    @Test
    void oneDimensionIsPyTorchsExample() {
        Tensor input = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 9);
        MaxPool.Result pooled = MaxPool.builder(1, 2).stride(2).build().applyWithIndices(input);

        Tensor output = MaxUnpool.of(1, 2).apply(pooled.values(), pooled.indices(), 1, 1, 9);

        assertThat(output.data()).containsExactly(0, 2, 0, 4, 0, 6, 0, 8, 0);
    }

    @Test
    void threeDimensionsHaveTheDocumentedShape() {
        Tensor input = Tensor.zeros(2, 3, 11, 9, 7);
        MaxPool.Result pooled = MaxPool.builder(3, 3).stride(2).build().applyWithIndices(input);

        assertThat(pooled.values().shape()).containsExactly(2, 3, 5, 4, 3);
        assertThat(MaxUnpool.of(3, 3)
                        .withStride(2)
                        .apply(pooled.values(), pooled.indices())
                        .shape())
                .containsExactly(2, 3, 11, 9, 7);
    }

    @Test
    void ceilModeNeverStartsAWindowInTheFarPadding() {
        Tensor five = Tensor.of(new float[] {1, 2, 3, 4, 5}, 1, 5);

        assertThat(MaxPool.builder(1, 2).build().apply(five).data()).containsExactly(2, 4);
        assertThat(MaxPool.builder(1, 2).ceilMode(true).build().apply(five).data())
                .containsExactly(2, 4, 5);
        assertThat(MaxPool.builder(1, 2)
                        .padding(1)
                        .stride(3)
                        .ceilMode(true)
                        .build()
                        .apply(five)
                        .data())
                .containsExactly(1, 4);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaxPool.builder(2, 3).padding(2).build())
                .withMessage("expected padding of at most half the kernel (3), found 2");
        assertThatIllegalArgumentException().isThrownBy(() -> HALF.apply(Tensor.zeros(1, 1, 1, 4)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWICE.apply(Tensor.zeros(1, 1, 2, 2), Indices.of(new int[2], 1, 1, 1, 2)))
                .withMessage("expected indices of shape [1, 1, 2, 2], found Indices[1, 1, 1, 2]");
    }
}
