package io.kinolift.fit;

import io.kinolift.upscale.adapt.GradientClasses;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Adds frames to the {@link Statistics} of all {@link GradientClasses}. Each neighbourhood counts for the class of the
 * sample in its middle. One instance is for one thread.
 *
 * <p>The neighbourhoods of a class are gathered, with one array per place, so that their products are long dot
 * products.
 */
final class ClassAccumulator implements FrameSums {
    /** Neighbourhoods gathered at once, so few that they stay in the nearest caches. */
    private static final int BATCH = 256;

    private final PhaseGrid grid;
    private final Statistics[] statistics;
    private final int[][] inputs;
    private final int[][] outputs;
    private final int[] places = new int[BATCH];

    /** @throws IllegalArgumentException if the neighbourhoods are not those that determine the classes */
    ClassAccumulator(PhaseGrid grid) {
        if (grid.reach() != GradientClasses.REACH) {
            throw new IllegalArgumentException("expected a kernel that reaches " + GradientClasses.REACH
                    + " inputs for adaptive weights, found " + grid.reach() + " of kernel " + grid.kernel());
        }
        this.grid = grid;
        statistics = Stream.generate(() -> new Statistics(grid))
                .limit(GradientClasses.COUNT)
                .toArray(Statistics[]::new);
        inputs = new int[grid.offsets() * grid.offsets()][BATCH];
        outputs = new int[grid.factor() * grid.factor()][BATCH];
    }

    /** Per class; each counts all frames. */
    @Override
    public Statistics[] sums() {
        return statistics;
    }

    @Override
    public void add(IntPlane input, IntPlane output) {
        Accumulator.requireRoom(grid, input);
        int[] sorted = sorted(input);
        int end = 0;
        for (int of = 0; of < GradientClasses.COUNT; of++) {
            int start = end;
            while (end < sorted.length && sorted[end] / input.values().length == of) {
                end++;
            }
            for (int at = start; at < end; at += BATCH) {
                int count = Math.min(BATCH, end - at);
                for (int i = 0; i < count; i++) {
                    places[i] = sorted[at + i] % input.values().length;
                }
                addBatch(statistics[of], input, output, count);
            }
            statistics[of].frames++;
        }
    }

    /** Class times picture size plus place, ascending, of the samples whose neighbourhood is inside the picture. */
    private static int[] sorted(IntPlane input) {
        int width = input.width();
        int reach = GradientClasses.REACH;
        int inside = width - 2 * reach;
        GradientClasses gradients = new GradientClasses(inside);
        int[] classes = new int[Math.max(0, inside) + GradientClasses.SLACK];
        int[] sorted = new int[Math.max(0, inside) * Math.max(0, input.height() - 2 * reach)];
        float[][] rows = new float[input.height()][width + GradientClasses.SLACK];
        for (int i = 0; i < input.values().length; i++) {
            rows[i / width][i % width] = input.values()[i];
        }
        int at = 0;
        for (int y = reach; y < rows.length - reach; y++) {
            gradients.classify(Arrays.copyOfRange(rows, y - reach, y + reach + 1), classes);
            for (int x = 0; x < inside; x++) {
                sorted[at++] =
                        Math.addExact(Math.multiplyExact(classes[x], input.values().length), y * width + reach + x);
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }

    private void addBatch(Statistics sums, IntPlane input, IntPlane output, int count) {
        int offsets = grid.offsets();
        for (int u = 0; u < inputs.length; u++) {
            int jump = (u / offsets - grid.reach()) * input.width() + u % offsets - grid.reach();
            gather(input.values(), jump, count, inputs[u]);
        }
        for (int phase = 0; phase < outputs.length; phase++) {
            gatherOutputs(input.width(), output, phase, count);
        }
        for (int u = 0; u < inputs.length; u++) {
            for (int v = u; v < inputs.length; v++) {
                sums.auto[u][v] += dot(inputs[u], inputs[v], count);
            }
            for (int phase = 0; phase < outputs.length; phase++) {
                if (isSeen(phase / grid.factor(), u / offsets) && isSeen(phase % grid.factor(), u % offsets)) {
                    sums.cross[phase][u] += dot(outputs[phase], inputs[u], count);
                }
            }
        }
        for (int phase = 0; phase < outputs.length; phase++) {
            sums.power[phase] += dot(outputs[phase], outputs[phase], count);
        }
        sums.count += count;
    }

    /** Whether the filter of a phase reaches so far, along one axis. */
    private boolean isSeen(int phase, int place) {
        int offset = place - grid.reach();
        return offset >= grid.first(phase) && offset <= grid.last(phase);
    }

    private void gather(int[] values, int jump, int count, int[] to) {
        for (int i = 0; i < count; i++) {
            to[i] = values[places[i] + jump];
        }
    }

    private void gatherOutputs(int inputWidth, IntPlane output, int phase, int count) {
        int factor = grid.factor();
        for (int i = 0; i < count; i++) {
            int y = factor * (places[i] / inputWidth) + phase / factor;
            outputs[phase][i] =
                    output.values()[y * output.width() + factor * (places[i] % inputWidth) + phase % factor];
        }
    }

    /** Fits an int up to 33,000 samples of 8 bits. */
    private static int dot(int[] a, int[] b, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
