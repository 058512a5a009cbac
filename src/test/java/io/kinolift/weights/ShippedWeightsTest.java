package io.kinolift.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShippedWeightsTest {
    @ParameterizedTest
    @EnumSource
    void areFlatAndSayWhereTheyComeFrom(ShippedWeights shipped) {
        LayerFile layer = shipped.load();
        ConvTransposeGeometry geometry = layer.geometry().orElseThrow();
        assertThat(geometry.stride()).containsExactly(shipped.time(), shipped.space(), shipped.space());
        assertThat(geometry.outputShape(layer.weights().weight(), 5, 30, 40))
                .containsExactly(1, 5 * shipped.time(), 30 * shipped.space(), 40 * shipped.space());
        Checkerboard board = Checkerboard.of(layer.weights(), geometry);
        assertThat(board.space()).isLessThan(1e-6);
        assertThat(board.time()).isLessThan(1e-6);
        assertThat(board.gain(0, 0, 0, 0)).isBetween(1 - 1e-6, 1 + 1e-6);
        assertThat(layer.metadata()).containsKeys("degradation", "ridge", "held_out_psnr", "held_out_psnr_bilinear");
        assertThat(List.of(layer.metadata().get("footage_sha256").split(",")))
                .hasSizeGreaterThan(5)
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    }

    @Test
    void everyAdaptiveKernelIsFlat() {
        AdaptiveWeights shipped = AdaptiveWeights.shipped();
        ConvTransposeGeometry geometry = shipped.geometry();
        assertThat(geometry.stride()).isEqualTo(AdaptiveWeights.shippedFactors());
        assertThat(shipped.bank().shape()).containsExactly(145, 12, 12);
        for (int of = 0; of < 145; of++) {
            Checkerboard board = Checkerboard.of(shipped.kernel(of), geometry);
            assertThat(board.space()).as("kernel %s", of).isLessThan(1e-6);
            assertThat(board.gain(0, 0, 0, 0)).isBetween(1 - 1e-6, 1 + 1e-6);
        }
        assertThat(shipped.metadata()).containsKeys("degradation", "ridge", "held_out_psnr", "footage_sha256");
    }

    @ParameterizedTest
    @EnumSource
    void areFoundByFactor(ShippedWeights shipped) {
        int[] factors = {shipped.time(), shipped.space(), shipped.space()};
        assertThat(ShippedWeights.find(factors, shipped.sourceGrid())).contains(shipped);
        assertThat(ShippedWeights.find(new int[] {shipped.time(), shipped.space(), 7}, false))
                .isEmpty();
        assertThat(ShippedWeights.listing()).contains(shipped.time() + "," + shipped.space() + "," + shipped.space());
    }
}
