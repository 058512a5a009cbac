package io.kinolift.tensor;

import static io.kinolift.tensor.InterpolationMode.AREA;
import static io.kinolift.tensor.InterpolationMode.BICUBIC;
import static io.kinolift.tensor.InterpolationMode.BILINEAR;
import static io.kinolift.tensor.InterpolationMode.LINEAR;
import static io.kinolift.tensor.InterpolationMode.NEAREST;
import static io.kinolift.tensor.InterpolationMode.NEAREST_EXACT;
import static io.kinolift.tensor.InterpolationMode.TRILINEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpsampleTest {
    /** The picture of PyTorch's own examples. */
    private static final Tensor ONE_TO_FOUR = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);

    @Test
    void nearestRepeatsEachSample() {
        Tensor output = UpsamplingNearest2d.byScaleFactor(2).apply(ONE_TO_FOUR);

        assertThat(output.shape()).containsExactly(1, 1, 4, 4);
        assertThat(output.data()).containsExactly(1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4);
    }

    @Test
    void bilinearGivesPyTorchsExample() {
        Tensor output = Upsample.builder().mode(BILINEAR).scaleFactor(2).build().apply(ONE_TO_FOUR);

        assertThat(output.data())
                .containsExactly(
                        1f, 1.25f, 1.75f, 2f, 1.5f, 1.75f, 2.25f, 2.5f, 2.5f, 2.75f, 3.25f, 3.5f, 3f, 3.25f, 3.75f, 4f);
    }

    @Test
    void upsamplingBilinear2dAlignsCorners() {
        Tensor output = UpsamplingBilinear2d.byScaleFactor(2).apply(ONE_TO_FOUR);

        assertThat(output.data())
                .containsExactly(
                        new float[] {
                            1f, 1.3333f, 1.6667f, 2f,
                            1.6667f, 2f, 2.3333f, 2.6667f,
                            2.3333f, 2.6667f, 3f, 3.3333f,
                            3f, 3.3333f, 3.6667f, 4f
                        },
                        offset(1e-4f));
        assertThat(UpsamplingBilinear2d.byScaleFactor(2)
                        .apply(Tensor.zeros(1, 1, 4, 4))
                        .shape())
                .containsExactly(1, 1, 8, 8);
    }

    @Test
    void linearHoldsTheEnds() {
        Tensor ramp = Tensor.of(new float[] {0, 4, 8}, 1, 1, 3);

        assertThat(Upsample.builder()
                        .mode(LINEAR)
                        .scaleFactor(2)
                        .build()
                        .apply(ramp)
                        .data())
                .containsExactly(0, 1, 3, 5, 7, 8);
    }

    @Test
    void bicubicWeightsAreKeysWithMinusThreeQuarters() {
        Tensor impulse = Tensor.of(new float[] {0, 0, 0, 1, 0, 0, 0}, 1, 1, 1, 7);
        Upsample twice = Upsample.builder().mode(BICUBIC).scaleFactor(1, 2).build();

        assertThat(Arrays.copyOfRange(twice.apply(impulse).data(), 3, 11))
                .containsExactly(
                        -0.03515625f,
                        -0.10546875f,
                        0.26171875f,
                        0.87890625f,
                        0.87890625f,
                        0.26171875f,
                        -0.10546875f,
                        -0.03515625f);
    }

    @Test
    void areaAveragesOverlappingInputs() {
        Tensor input = Tensor.of(new float[] {1, 2, 3, 4, 5}, 1, 1, 5);

        assertThat(Upsample.builder().mode(AREA).size(2).build().apply(input).data())
                .containsExactly(2f, 4f);
    }

    @Test
    void nearestFloorsWhereNearestExactRounds() {
        Tensor input = Tensor.of(new float[] {0, 1, 2, 3, 4}, 1, 1, 5);

        assertThat(Upsample.builder().mode(NEAREST).size(3).build().apply(input).data())
                .containsExactly(0, 1, 3);
        assertThat(Upsample.builder()
                        .mode(NEAREST_EXACT)
                        .size(3)
                        .build()
                        .apply(input)
                        .data())
                .containsExactly(0, 2, 4);
    }

    @Test
    void trilinearIsLinearAlongEachAxis() {
        Tensor cube = Tensor.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 1, 1, 2, 2, 2);
        Tensor output = Upsample.builder()
                .mode(TRILINEAR)
                .size(3)
                .alignCorners(true)
                .build()
                .apply(cube);

        assertThat(output.shape()).containsExactly(1, 1, 3, 3, 3);
        assertThat(output.get(0, 0, 1, 1, 1)).isEqualTo(3.5f);
        assertThat(output.get(0, 0, 2, 2, 2)).isEqualTo(7f);
    }

    @Test
    void recomputedFactorsGoByTheSizes() {
        Tensor input = Tensor.of(new float[] {0, 1, 2, 3}, 1, 1, 4);
        Upsample.Builder builder = Upsample.builder().mode(LINEAR).scaleFactor(1.7);
        Upsample bySizes = Upsample.builder().mode(LINEAR).size(6).build();

        assertThat(builder.recomputeScaleFactor(true).build().apply(input)).isEqualTo(bySizes.apply(input));
        assertThat(builder.recomputeScaleFactor(false).build().apply(input)).isNotEqualTo(bySizes.apply(input));
    }

    @ParameterizedTest
    @EnumSource(InterpolationMode.class)
    void aConstantStaysConstantAndFactorOneIsIdentity(InterpolationMode mode) {
        int dimensions = Math.max(1, mode.spatialDimensions());
        int[] shape = Arrays.copyOf(new int[] {2, 3, 4, 5, 6}, dimensions + 2);
        Tensor constant = Tensor.zeros(shape);
        Arrays.fill(constant.data(), 7f);

        for (float value : Upsample.builder()
                .mode(mode)
                .scaleFactor(2.3)
                .build()
                .apply(constant)
                .data()) {
            assertThat(value).isCloseTo(7f, offset(7e-5f));
        }
        Tensor input = new Draw(5).tensor(shape);
        assertThat(Upsample.builder().mode(mode).scaleFactor(1).build().apply(input))
                .isEqualTo(input);
    }

    @Test
    void refusesContradictions() {
        refused("exactly one of size and scale_factor, found neither", Upsample.builder());
        refused("found both", Upsample.builder().size(2).scaleFactor(2));
        refused("align_corners", Upsample.builder().scaleFactor(2).alignCorners(false));
        refused("recompute_scale_factor", Upsample.builder().size(2).recomputeScaleFactor(true));
        refused("finite", Upsample.builder().scaleFactor(Double.NaN));
    }

    @Test
    void refusesInputsThatDoNotFit() {
        Upsample bilinear = Upsample.builder().mode(BILINEAR).scaleFactor(2, 2).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bilinear.apply(Tensor.zeros(1, 1, 4)))
                .withMessage("bilinear needs input of 4 dimensions, found Tensor[1, 1, 4]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Upsample.builder().scaleFactor(2, 2).build().apply(Tensor.zeros(1, 1, 4)))
                .withMessageContaining("scale_factor");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Upsample.builder().scaleFactor(0.1).build().apply(Tensor.zeros(1, 1, 4)))
                .withMessageContaining("at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Upsample.builder().scaleFactor(1e9).build().apply(Tensor.zeros(1, 1, 4, 4)))
                .withMessageContaining("at most 2147483647 elements");
    }

    private static void refused(String reason, Upsample.Builder builder) {
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(reason);
    }
}
