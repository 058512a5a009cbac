package io.kinolift.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.upscale.adapt.GradientClasses;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BankFitTest {
    private static final PhaseGrid GRID = PhaseGrid.usual(2);

    @Test
    void classesTogetherAreTheStatisticsOfOneKernel() {
        ClassAccumulator classes = new ClassAccumulator(GRID);
        Accumulator one = new Accumulator(GRID);
        for (int frame = 0; frame < 2; frame++) {
            IntPlane input = pattern(61, 47, frame);
            IntPlane output = pattern(122, 94, frame + 5);
            classes.add(input, output);
            one.add(input, output);
        }
        Statistics found = ClassStatistics.total(classes.sums());
        assertThat(found.auto).isDeepEqualTo(one.statistics().auto);
        assertThat(found.cross).isDeepEqualTo(one.statistics().cross);
        assertThat(found.power).isEqualTo(one.statistics().power);
        assertThat(found.count).isEqualTo(one.statistics().count);
        assertThat(found.frames).isEqualTo(2);
        assertThatThrownBy(() -> new ClassAccumulator(new PhaseGrid(2, 8))).hasMessageContaining("found 2 of kernel 8");
    }

    /** Where flat samples are enlarged by one kernel and edges by another, both are found. */
    @Test
    void theKernelOfEachClassIsFound() {
        double[] smooth = SpatialFit.bilinear(GRID);
        double[] sharp = BetweenFit.bicubic(GRID);
        ClassAccumulator classes = new ClassAccumulator(GRID);
        for (int frame = 0; frame < 6; frame++) {
            classes.add(quiet(90, 70, frame), Convolved.apply(GRID, smooth, quiet(90, 70, frame)));
            IntPlane loud = loud(90, 70, frame);
            classes.add(loud, Convolved.apply(GRID, sharp, loud));
        }
        Statistics[] statistics = classes.sums();
        double[][] kernels = BankFit.solve(List.<Statistics[]>of(statistics), 0.01);
        Statistics total = ClassStatistics.total(statistics);
        double single = NormalEquations.error(total, SpatialFit.solve(List.of(total), 0.01));
        assertThat(BankFit.error(statistics, kernels)).isLessThan(0.75 * single);
        assertThat(statistics[0].count).isPositive();
        assertThat(NormalEquations.error(statistics[0], kernels[0]))
                .isLessThan(NormalEquations.error(statistics[0], sharp) - 0.005);
        int loudest = IntStream.range(1, statistics.length)
                .boxed()
                .max(Comparator.comparingLong(of -> statistics[of].count))
                .orElseThrow();
        assertThat(distance(kernels[loudest], sharp)).isLessThan(distance(kernels[loudest], smooth) / 20);
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(IntStream.range(0, a.length)
                .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
                .sum());
    }

    @Test
    void everyKernelHasUnitGainPerPhaseAndRareOnesAreTheCommonOne() {
        ClassAccumulator classes = new ClassAccumulator(GRID);
        IntPlane input = pattern(61, 47, 3);
        classes.add(input, Convolved.apply(GRID, BetweenFit.bicubic(GRID), input));
        Statistics[] statistics = classes.sums();
        double[][] kernels = BankFit.solve(List.<Statistics[]>of(statistics), 0.01);
        double[] common = SpatialFit.solve(List.of(ClassStatistics.total(statistics)), 0.01);
        int unmet = 0;
        for (int of = 0; of < GradientClasses.COUNT; of++) {
            double[] gains = new double[4];
            for (int i = 0; i < 144; i++) {
                gains[i / 12 % 2 * 2 + i % 2] += kernels[of][i];
            }
            assertThat(gains).contains(new double[] {1, 1, 1, 1}, within(1e-9));
            boolean met = false;
            for (Symmetry symmetry : Symmetry.values()) {
                met |= statistics[symmetry.applyToClass(of)].count > 0;
            }
            if (!met) {
                unmet++;
                assertThat(kernels[of]).contains(common, within(1e-9));
            }
        }
        assertThat(unmet).isPositive();
    }

    private static IntPlane pattern(int width, int height, int seed) {
        Random random = new Random(seed);
        int[] values = new int[width * height];
        for (int i = 0; i < values.length; i++) {
            int x = i % width;
            int y = i / width;
            values[i] = (int) Math.clamp(120 + x % 60 * Math.sin(x * 0.5 + y * y * 0.02) + random.nextInt(8), 0, 255);
        }
        return new IntPlane(values, width, height);
    }

    /** Noise of a step or two: no gradient counts. */
    private static IntPlane quiet(int width, int height, int seed) {
        return new IntPlane(
                new Random(seed).ints((long) width * height, 120, 122).toArray(), width, height);
    }

    private static IntPlane loud(int width, int height, int seed) {
        return new IntPlane(
                new Random(seed).ints((long) width * height, 40, 215).toArray(), width, height);
    }
}
