package io.kinolift.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.tensor.ConvTranspose;
import io.kinolift.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NormalEquationsTest {
    private static final PhaseGrid[] GRIDS = {
        new PhaseGrid(2, 4), new PhaseGrid(2, 8), new PhaseGrid(3, 7), new PhaseGrid(4, 8), new PhaseGrid(1, 3)
    };

    @Test
    void sumsAreThoseOfEveryNeighbourhood() {
        for (PhaseGrid grid : GRIDS) {
            IntPlane input = noise(19, 23, 1);
            IntPlane output = noise(19 * grid.factor(), 23 * grid.factor(), 2);
            Accumulator accumulator = new Accumulator(grid);
            accumulator.add(input, output);
            accumulator.add(input, output);
            Statistics found = accumulator.statistics();
            int reach = grid.reach();
            int n = grid.offsets();
            assertThat(found.count).isEqualTo(2L * (19 - 2 * reach) * (23 - 2 * reach));
            for (int u = 0; u < n * n; u++) {
                for (int v = u; v < n * n; v++) {
                    long expected = 0;
                    for (int y = 0; y < 23 - 2 * reach; y++) {
                        for (int x = 0; x < 19 - 2 * reach; x++) {
                            expected += 2L * at(input, x + u % n, y + u / n) * at(input, x + v % n, y + v / n);
                        }
                    }
                    assertThat(found.auto[u][v]).as("%s %d %d", grid, u, v).isEqualTo(expected);
                }
            }
            int phase = grid.factor() * grid.factor() - 1;
            int offset = grid.last(grid.factor() - 1);
            long expected = 0;
            for (int y = reach; y < 23 - reach; y++) {
                for (int x = reach; x < 19 - reach; x++) {
                    expected += 2L
                            * at(input, x + offset, y)
                            * at(output, grid.factor() * (x + 1) - 1, grid.factor() * (y + 1) - 1);
                }
            }
            assertThat(found.cross[phase][reach * n + offset + reach]).isEqualTo(expected);
        }
    }

    @Test
    void tapsAreThoseOfTheTransposedConvolution() {
        for (PhaseGrid grid : GRIDS) {
            int size = grid.kernel();
            Random random = new Random(3);
            double[] kernel = random.doubles((long) size * size, -1, 1)
                    .map(v -> (float) v / 10)
                    .toArray();
            IntPlane input = noise(13, 11, 4);
            Tensor weight = Tensor.of(floats(kernel), 1, 1, size, size);
            Tensor image = Tensor.of(
                    floats(Arrays.stream(input.values()).asDoubleStream().toArray()), 1, 11, 13);
            Tensor expected = ConvTranspose.builder(weight)
                    .stride(grid.factor())
                    .padding(grid.padding())
                    .build()
                    .apply(image);
            IntPlane found = Convolved.apply(grid, kernel, input);
            assertThat(expected.shape()).containsExactly(1, found.height(), found.width());
            // Near the border they differ on purpose: edges are repeated here and zero there.
            int rim = (grid.reach() + 1) * grid.factor();
            for (int y = rim; y < found.height() - rim; y++) {
                for (int x = rim; x < found.width() - rim; x++) {
                    assertThat((double) at(found, x, y))
                            .isCloseTo(Math.clamp(expected.get(0, y, x), 0f, 255f), within(0.501));
                }
            }
        }
    }

    @Test
    void aKernelThatMadeTheOutputIsFoundAgain() {
        for (PhaseGrid grid : GRIDS) {
            Accumulator accumulator = new Accumulator(grid);
            IntPlane input = noise(60, 60, 5);
            IntPlane output = enlarged(input, grid.factor());
            accumulator.add(input, output);
            double[] kernel = solve(accumulator.statistics(), 0);
            for (int tap = 0; tap < kernel.length; tap++) {
                boolean own = isOwn(grid, tap / grid.kernel()) && isOwn(grid, tap % grid.kernel());
                assertThat(kernel[tap]).isCloseTo(own ? 1 : 0, within(1e-9));
            }
            assertThat(NormalEquations.error(accumulator.statistics(), kernel)).isCloseTo(0, within(1e-6));
        }
    }

    @Test
    void theErrorIsThatOfThePictures() {
        PhaseGrid grid = new PhaseGrid(2, 8);
        IntPlane input = noise(40, 30, 6);
        IntPlane output = Convolved.apply(grid, SpatialFit.bilinear(grid), input);
        Accumulator accumulator = new Accumulator(grid);
        accumulator.add(input, output);
        // What is left is rounding of sixteenths to integers: half up of 0, 1, ... 15 sixteenths.
        double rounding = IntStream.range(0, 16)
                .mapToDouble(i -> Math.pow(i < 8 ? i / 16.0 : 1 - i / 16.0, 2))
                .average()
                .orElseThrow();
        assertThat(NormalEquations.error(accumulator.statistics(), SpatialFit.bilinear(grid)))
                .isCloseTo(rounding, within(0.005));
    }

    @Test
    void gainIsOnePerPhaseAndTheKernelIsSymmetric() {
        for (PhaseGrid grid : GRIDS) {
            Accumulator accumulator = new Accumulator(grid);
            IntPlane input = noise(40, 50, 7);
            IntPlane output = new IntPlane(
                    enlarged(input, grid.factor()).values().clone(), 40 * grid.factor(), 50 * grid.factor());
            Random random = new Random(8);
            for (int i = 0; i < output.values().length; i++) {
                // Brighter to one side, and darker as a whole than any filter of unit gain can make it.
                output.values()[i] = Math.clamp(output.values()[i] / 2 + random.nextInt(20) + i % 3, 0, 255);
            }
            accumulator.add(input, output);
            int size = grid.kernel();
            double[] kernel = solve(accumulator.statistics(), 0.1);
            double[] gains = new double[grid.factor() * grid.factor()];
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    gains[y % grid.factor() * grid.factor() + x % grid.factor()] += kernel[y * size + x];
                    assertThat(kernel[y * size + x])
                            .isEqualTo(kernel[x * size + y])
                            .isEqualTo(kernel[(size - 1 - y) * size + x])
                            .isEqualTo(kernel[y * size + size - 1 - x]);
                }
            }
            for (double gain : gains) {
                assertThat(gain).isCloseTo(1, within(1e-9));
            }
        }
    }

    @Test
    void noOtherSymmetricKernelOfUnitGainIsBetter() {
        PhaseGrid grid = new PhaseGrid(2, 6);
        Accumulator accumulator = new Accumulator(grid);
        IntPlane input = noise(64, 64, 9);
        accumulator.add(input, Convolved.apply(grid, SpatialFit.bilinear(grid), input));
        accumulator.add(input, noise(128, 128, 10));
        double[] best = solve(accumulator.statistics(), 0);
        double least = NormalEquations.error(symmetric(accumulator.statistics()), best);
        Random random = new Random(11);
        for (int trial = 0; trial < 50; trial++) {
            double[] other = Symmetry.mean(random.doubles(36, -0.01, 0.01).toArray(), 6);
            double excess = IntStream.range(0, 9)
                    .mapToDouble(i -> other[i / 3 * 12 + i % 3 * 2])
                    .sum();
            other[0] -= excess;
            for (int i = 0; i < 36; i++) {
                boolean firstPhase = i / 6 % 2 == 0 && i % 2 == 0;
                other[i] = best[i] + (firstPhase ? other[i] : 0);
            }
            assertThat(NormalEquations.error(symmetric(accumulator.statistics()), other))
                    .isGreaterThan(least);
        }
    }

    @Test
    void footageWithoutDetailIsRefused() {
        PhaseGrid grid = new PhaseGrid(2, 8);
        Accumulator accumulator = new Accumulator(grid);
        IntPlane flat = new IntPlane(new int[40 * 40], 40, 40);
        Arrays.fill(flat.values(), 90);
        accumulator.add(flat, enlarged(flat, 2));
        assertThatThrownBy(() -> solve(accumulator.statistics(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too little detail");
        assertThatThrownBy(() -> accumulator.add(noise(9, 40, 1), noise(18, 80, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least");
        assertThatThrownBy(() -> new PhaseGrid(2, 7)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Statistics whose error is that of all mirrored and transposed pictures: what the equations minimise. */
    private static Statistics symmetric(Statistics statistics) {
        Statistics symmetric = new Statistics(statistics.grid());
        int n = statistics.grid().offsets();
        int factor = statistics.grid().factor();
        for (Symmetry symmetry : Symmetry.values()) {
            for (int u = 0; u < n * n; u++) {
                for (int v = u; v < n * n; v++) {
                    int a = symmetry.apply(u, n);
                    int b = symmetry.apply(v, n);
                    symmetric.auto[Math.min(a, b)][Math.max(a, b)] += statistics.auto[u][v];
                }
                for (int phase = 0; phase < factor * factor; phase++) {
                    symmetric.cross[symmetry.apply(phase, factor)][symmetry.apply(u, n)] += statistics.cross[phase][u];
                }
            }
            for (int phase = 0; phase < factor * factor; phase++) {
                symmetric.power[symmetry.apply(phase, factor)] += statistics.power[phase];
            }
        }
        symmetric.count = 8 * statistics.count;
        return symmetric;
    }

    private static double[] solve(Statistics statistics, double ridge) {
        return NormalEquations.of(List.of(statistics), new double[] {1}).solve(ridge);
    }

    /** Whether a tap joins an output to the input that it lies in. */
    private static boolean isOwn(PhaseGrid grid, int tap) {
        int place = tap - grid.padding();
        return place >= 0 && place < grid.factor();
    }

    private static IntPlane enlarged(IntPlane input, int factor) {
        IntPlane output = new IntPlane(
                new int[input.values().length * factor * factor], input.width() * factor, input.height() * factor);
        for (int i = 0; i < output.values().length; i++) {
            output.values()[i] = at(input, i % output.width() / factor, i / output.width() / factor);
        }
        return output;
    }

    private static int at(IntPlane samples, int x, int y) {
        return samples.values()[y * samples.width() + x];
    }

    private static IntPlane noise(int width, int height, long seed) {
        return new IntPlane(new Random(seed).ints((long) width * height, 0, 256).toArray(), width, height);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
