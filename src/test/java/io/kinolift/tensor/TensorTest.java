package io.kinolift.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void lastDimensionVariesFastest() {
        Tensor tensor = Tensor.of(new float[] {0, 1, 2, 3, 4, 5}, 1, 2, 3);

        assertThat(tensor.get(0, 1, 2)).isEqualTo(5f);
        assertThat(tensor.get(0, 0, 1)).isEqualTo(1f);
        assertThat(tensor.size(-1)).isEqualTo(3);
        assertThat(tensor.reshape(3, 2).get(1, 0)).isEqualTo(2f);
    }

    @Test
    void indicesAreChecked() {
        Tensor tensor = Tensor.zeros(2, 3);

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tensor.get(0, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> tensor.get(0));
    }

    @Test
    void shapesThatDoNotFitAreRefusedBeforeAllocation() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.zeros(1 << 16, 1 << 16))
                .withMessageContaining("[65536, 65536]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.zeros(1 << 30, 1 << 30, 1 << 30))
                .withMessageContaining("at most");
        assertThatIllegalArgumentException().isThrownBy(() -> Tensor.zeros(2, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Tensor.zeros(1, 1, 1, 1, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.of(new float[5], 2, 3))
                .withMessageContaining("expected 6 elements");
    }
}
