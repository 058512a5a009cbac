package io.kinolift.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class ConvTransposeTest {
    @Test
    void everySampleAddsTheKernel() {
        Tensor input = Tensor.of(new float[] {1, 10}, 1, 1, 2);
        Tensor weight = Tensor.of(new float[] {1, 2, 3}, 1, 1, 3);

        assertThat(ConvTranspose.builder(weight).stride(2).build().apply(input).data())
                .containsExactly(1, 2, 13, 20, 30);
        assertThat(ConvTranspose.builder(weight)
                        .stride(2)
                        .padding(1)
                        .outputPadding(1)
                        .build()
                        .apply(input)
                        .data())
                .containsExactly(2, 13, 20, 30);
        assertThat(ConvTranspose.builder(weight)
                        .dilation(2)
                        .build()
                        .apply(input)
                        .data())
                .containsExactly(1, 10, 2, 20, 3, 30);
        assertThat(ConvTranspose.builder(weight)
                        .bias(Tensor.of(new float[] {0.5f}, 1))
                        .build()
                        .apply(input)
                        .data())
                .containsExactly(1.5f, 12.5f, 23.5f, 30.5f);
    }

    @Test
    void groupsKnowNothingOfEachOther() {
        Tensor input = Tensor.of(new float[] {1, 2, 3, 4}, 1, 4, 1);
        Tensor weight = Tensor.of(new float[] {1, 10, 100, 1000}, 4, 1, 1);

        assertThat(ConvTranspose.builder(weight).groups(2).build().apply(input).data())
                .containsExactly(21, 4300);
    }

    @Test
    void shapesAreThoseOfPyTorchsDocuments() {
        ConvTranspose one = ConvTranspose.builder(Tensor.zeros(16, 33, 3))
                .stride(2)
                .padding(1)
                .build();
        assertThat(one.outputShape(20, 16, 50)).containsExactly(20, 33, 99);

        ConvTranspose.Builder two =
                ConvTranspose.builder(Tensor.zeros(16, 33, 3, 3)).stride(2);
        assertThat(two.padding(1).outputPadding(1).build().outputShape(20, 16, 50, 100))
                .containsExactly(20, 33, 100, 200);

        ConvTranspose uneven = ConvTranspose.builder(Tensor.zeros(16, 33, 3, 5))
                .stride(2, 1)
                .padding(4, 2)
                .build();
        assertThat(uneven.outputShape(20, 16, 50, 100)).containsExactly(20, 33, 93, 100);

        ConvTranspose.Builder three =
                ConvTranspose.builder(Tensor.zeros(16, 33, 3, 3, 3)).stride(2);
        assertThat(three.padding(1).outputPadding(0, 1, 1).build().outputShape(20, 16, 10, 50, 100))
                .containsExactly(20, 33, 19, 100, 200);

        ConvTranspose.Builder box =
                ConvTranspose.builder(Tensor.zeros(16, 33, 3, 5, 2)).stride(2, 1, 1);
        assertThat(box.padding(0, 4, 2).build().outputShape(20, 16, 10, 50, 100))
                .containsExactly(20, 33, 21, 46, 97);
    }

    @Test
    void outputSizeUndoesWhatStridesHide() {
        ConvTranspose up = ConvTranspose.builder(Tensor.zeros(16, 16, 3, 3))
                .stride(2)
                .padding(1)
                .build();
        Tensor input = Tensor.zeros(1, 16, 6, 6);

        assertThat(up.apply(input).shape()).containsExactly(1, 16, 11, 11);
        assertThat(up.apply(input, 12, 12).shape()).containsExactly(1, 16, 12, 12);
        assertThat(up.apply(input, 1, 16, 12, 11).shape()).containsExactly(1, 16, 12, 11);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> up.apply(input, 13, 12))
                .withMessage("expected output_size from 11 to 12, found 13 in [13, 12]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> up.apply(input, 12))
                .withMessageContaining("2 or 4");
    }

    @Test
    void unbatchedInputIsOneOfABatch() {
        Draw draw = new Draw(3);
        Tensor input = draw.tensor(2, 3, 4, 5);
        ConvTranspose up =
                ConvTranspose.builder(draw.tensor(2, 3, 2, 2, 2)).stride(2).build();

        Tensor output = up.apply(input);

        assertThat(output.shape()).containsExactly(3, 6, 8, 10);
        assertThat(output.data())
                .isEqualTo(up.apply(input.reshape(1, 2, 3, 4, 5)).data());
    }

    @Test
    void aKernelThatIsAMultipleOfTheStrideIsFlat() {
        Tensor ones = Tensor.of(new float[] {1, 1, 1, 1}, 1, 1, 4);
        Tensor weight = Tensor.of(new float[] {0.25f, 0.75f, 0.75f, 0.25f}, 1, 1, 4);
        float[] output = ConvTranspose.builder(weight)
                .stride(2)
                .padding(1)
                .build()
                .apply(ones)
                .data();

        assertThat(output).containsExactly(new float[] {0.75f, 1, 1, 1, 1, 1, 1, 0.75f}, offset(0f));
    }

    @Test
    void refusesWhatDoesNotFit() {
        Tensor weight = Tensor.zeros(4, 2, 3, 3);
        refused("groups", ConvTranspose.builder(weight).groups(3));
        refused("bias of shape [4]", ConvTranspose.builder(weight).groups(2).bias(Tensor.zeros(2)));
        refused(
                "output_padding below stride",
                ConvTranspose.builder(weight).stride(2).outputPadding(2));
        refused("padding to be at least 0", ConvTranspose.builder(weight).padding(-1));
        refused("dilation to be at least 1", ConvTranspose.builder(weight).dilation(0));
        refused("one number or one for each of 2", ConvTranspose.builder(weight).stride(1, 2, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConvTranspose.builder(weight).build().apply(Tensor.zeros(1, 3, 5, 5)))
                .withMessage("expected input of 4 channels for weight Tensor[4, 2, 3, 3], found [1, 3, 5, 5]");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ConvTranspose.builder(weight).padding(4).build().apply(Tensor.zeros(1, 4, 5, 5)))
                .withMessageContaining("found -1");
    }

    private static void refused(String reason, ConvTranspose.Builder builder) {
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(reason);
    }
}
