package io.kinolift.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The vectors that libtorch has to know are right, and one that does not know them is named. */
class FrozenConvTransposesTest {
    @Test
    void oursKnowsThem() {
        assertThat(FrozenConvTransposes.firstError(FrozenConvTransposesTest::ours))
                .isEmpty();
    }

    @Test
    void oneWrongSampleIsFound() {
        assertThat(FrozenConvTransposes.firstError((input, weight, bias, settings) -> {
                    Tensor result = ours(input, weight, bias, settings);
                    if (weight.rank() == 5 && weight.size(0) == 16) {
                        result.data()[result.count() - 1] = 0;
                    }
                    return result;
                }))
                .hasValue("expected 16.0, found 0.0 at 93311 of 3d, 16 to 16 channels of ones, kernel 4, stride 2, "
                        + "padding 1");
    }

    private static Tensor ours(Tensor input, Tensor weight, Tensor bias, FrozenConvTransposes.Settings settings) {
        return ConvTranspose.builder(weight)
                .bias(bias)
                .stride(ints(settings.stride()))
                .padding(ints(settings.padding()))
                .outputPadding(ints(settings.outputPadding()))
                .groups(Math.toIntExact(settings.groups()))
                .dilation(ints(settings.dilation()))
                .build()
                .apply(input);
    }

    private static int[] ints(long[] values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }
}
