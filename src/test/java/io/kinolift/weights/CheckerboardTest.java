package io.kinolift.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.tensor.ConvTranspose;
import io.kinolift.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckerboardTest {
    @Test
    void threeTapsAtStrideTwoGiveAThirdAndTwoThirds() {
        ConvTransposeWeights ones = ones(1, 1, 3, 3, 3);
        Checkerboard board = Checkerboard.of(ones, ConvTransposeGeometry.enlarging(ones.weight(), 2, 2, 2));
        for (int axis = 0; axis < 3; axis++) {
            // Padding 1 gives the middle tap to even outputs, the outer two to odd ones.
            assertThat(board.shares(0, axis)).containsExactly(new double[] {1 / 3.0, 2 / 3.0}, within(1e-12));
        }
        // In space 1, 2, 2 and 4 of a mean of 9/4; in time 1 and 2 of a mean of 3/2.
        assertThat(board.space()).isCloseTo(4 / 3.0, within(1e-12));
        assertThat(board.time()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(board.gain(0, 1, 1, 0)).isEqualTo(4);
        assertThat(board.warning())
                .get()
                .asString()
                .contains("133.3 % in space")
                .contains("66.7 % in time")
                .contains("a multiple of the stride [2, 2, 2], such as [4, 4, 4] in place of [3, 3, 3]");
    }

    @Test
    void fourTapsAtStrideTwoAreFlat() {
        ConvTransposeWeights ones = ones(1, 1, 4, 4, 4);
        Checkerboard board = Checkerboard.of(ones, ConvTransposeGeometry.enlarging(ones.weight(), 2, 2, 2));
        assertThat(board.space()).isZero();
        assertThat(board.time()).isZero();
        assertThat(board.shares(0, 2)).containsExactly(0.5, 0.5);
        assertThat(board.warning()).isEmpty();
    }

    @Test
    void anUnevenKernelOfAFittingSizeIsFoundInItsOwnAxis() {
        Tensor weight = Tensor.of(new float[] {0.5f, 0.5f, 0.5f, 0.52f}, 1, 1, 4, 1, 1);
        Checkerboard board = Checkerboard.of(
                new ConvTransposeWeights(weight, Optional.empty()), ConvTransposeGeometry.enlarging(weight, 2, 1, 1));
        assertThat(board.time()).isCloseTo(0.02 / 1.01, within(1e-6));
        assertThat(board.space()).isZero();
        assertThat(board.warning()).get().asString().contains("scale the taps of each output phase to the same sum");
    }

    @Test
    void groupsKeepTheirChannelsApart() {
        float[] values = {1, 2, 3, 4};
        Tensor weight = Tensor.of(values, 2, 2, 1, 1, 1);
        Checkerboard board = Checkerboard.of(
                new ConvTransposeWeights(weight, Optional.empty()),
                new ConvTransposeGeometry(three(1), three(0), three(0), three(1), 2));
        assertThat(board.outChannels()).isEqualTo(4);
        for (int channel = 0; channel < 4; channel++) {
            assertThat(board.gain(channel, 0, 0, 0)).isEqualTo(values[channel]);
        }
        Tensor odd = Tensor.zeros(3, 1, 1, 1, 1);
        assertThatThrownBy(() -> Checkerboard.of(
                        new ConvTransposeWeights(odd, Optional.empty()),
                        new ConvTransposeGeometry(three(1), three(0), three(0), three(1), 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void gainsAreWhatTheConvolutionGivesAway() {
        float[] values = new float[2 * 3 * 3 * 5 * 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        Tensor weight = Tensor.of(values, 2, 3, 3, 5, 4);
        ConvTransposeGeometry geometry =
                new ConvTransposeGeometry(new int[] {2, 3, 2}, new int[] {1, 2, 0}, three(0), new int[] {1, 2, 3}, 1);
        Checkerboard board = Checkerboard.of(new ConvTransposeWeights(weight, Optional.empty()), geometry);
        float[] ones = new float[2 * 8 * 12 * 16];
        Arrays.fill(ones, 1);
        Tensor output = ConvTranspose.builder(weight)
                .stride(2, 3, 2)
                .padding(1, 2, 0)
                .dilation(1, 2, 3)
                .build()
                .apply(Tensor.of(ones, 2, 8, 12, 16));
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < 12; i++) {
                int t = i / 6;
                int y = i / 2 % 3;
                int x = i % 2;
                assertThat(board.gain(channel, t, y, x))
                        .isCloseTo(output.get(channel, 6 + t, 18 + y, 16 + x), within(1e-5));
            }
        }
    }

    private static ConvTransposeWeights ones(int... shape) {
        Tensor weight = Tensor.zeros(shape);
        Arrays.fill(weight.data(), 1);
        return new ConvTransposeWeights(weight, Optional.empty());
    }

    private static int[] three(int value) {
        return new int[] {value, value, value};
    }
}
