package io.kinolift.fit;

import java.util.Arrays;
import java.util.List;

/**
 * Ridge regression of a transposed convolution, pooled over clips.
 *
 * <p>Every output phase is a linear filter w of its own, so the least mean squared error is where {@code (A + ridge *
 * I) w = r}, with A and r the means of products in {@link Statistics}. Unit gain, {@code sum(w) = 1} per phase, is one
 * Lagrange multiplier: a constant stays a constant, so there is neither checkerboard nor pulsing.
 *
 * <p>Pictures are taken to be as likely as their mirror images and transposes. A and r are therefore averaged over
 * these eight symmetries, which exchange phases, and the kernel becomes symmetric. Every clip has the weight that it is
 * given, whatever its length and size.
 */
final class NormalEquations {
    private final PhaseGrid grid;
    private final int offsets;
    private final double[][] auto;
    private final double[][] cross;

    private NormalEquations(PhaseGrid grid) {
        this.grid = grid;
        offsets = grid.offsets();
        auto = new double[offsets * offsets][offsets * offsets];
        cross = new double[grid.factor() * grid.factor()][offsets * offsets];
    }

    /**
     * @param clips of one grid, in an order that does not depend on threads, because sums of doubles depend on their
     *     order
     * @param weights of the clips
     */
    static NormalEquations of(List<Statistics> clips, double[] weights) {
        NormalEquations pooled = new NormalEquations(clips.getFirst().grid());
        double total = sum(weights);
        for (int i = 0; i < clips.size(); i++) {
            Statistics clip = clips.get(i);
            if (clip.count > 0) {
                for (Symmetry symmetry : Symmetry.values()) {
                    pooled.add(clip, symmetry, weights[i] / total / clip.count / Symmetry.values().length);
                }
            }
        }
        return pooled;
    }

    /**
     * The same for one class of samples, in units of all samples, so the ridge is stronger for a rare class.
     *
     * @param clips per class
     * @param totals of all classes
     */
    static NormalEquations of(List<Statistics[]> clips, List<Statistics> totals, double[] weights, int of) {
        NormalEquations pooled = new NormalEquations(totals.getFirst().grid());
        double total = sum(weights);
        for (int i = 0; i < weights.length; i++) {
            for (Symmetry symmetry : Symmetry.values()) {
                // Applied twice, a symmetry restores the classes.
                Statistics clip = clips.get(i)[symmetry.applyToClass(of)];
                if (clip.count > 0) {
                    pooled.add(clip, symmetry, weights[i] / total / totals.get(i).count / Symmetry.values().length);
                }
            }
        }
        return pooled;
    }

    private static double sum(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }

    private void add(Statistics clip, Symmetry symmetry, double scale) {
        int[] place = new int[auto.length];
        for (int u = 0; u < place.length; u++) {
            place[u] = symmetry.apply(u, offsets);
        }
        for (int u = 0; u < place.length; u++) {
            for (int v = u; v < place.length; v++) {
                double value = clip.auto[u][v] * scale;
                auto[place[u]][place[v]] += value;
                if (u != v) {
                    auto[place[v]][place[u]] += value;
                }
            }
        }
        for (int phase = 0; phase < cross.length; phase++) {
            double[] target = cross[symmetry.apply(phase, grid.factor())];
            for (int u = 0; u < place.length; u++) {
                target[place[u]] += clip.cross[phase][u] * scale;
            }
        }
    }

    /**
     * The kernel with the least error, row by row.
     *
     * @param ridge in squared sample steps, at least 0
     */
    double[] solve(double ridge) {
        return Symmetry.mean(solveTowards(new double[grid.kernel() * grid.kernel()], ridge), grid.kernel());
    }

    /** The same with the ridge on the difference from a kernel, and no symmetry but that of the statistics. */
    double[] solveTowards(double[] centre, double ridge) {
        double[] kernel = new double[centre.length];
        for (int py = 0; py < grid.factor(); py++) {
            for (int px = 0; px < grid.factor(); px++) {
                solve(py, px, centre, ridge, kernel);
            }
        }
        return kernel;
    }

    private void solve(int py, int px, double[] centre, double ridge, double[] kernel) {
        int rows = grid.last(py) - grid.first(py) + 1;
        int columns = grid.last(px) - grid.first(px) + 1;
        int[] support = new int[rows * columns];
        int[] taps = new int[support.length];
        for (int i = 0; i < support.length; i++) {
            int a = grid.first(py) + i / columns;
            int b = grid.first(px) + i % columns;
            support[i] = (a + grid.reach()) * offsets + b + grid.reach();
            taps[i] = grid.tap(py, a) * grid.kernel() + grid.tap(px, b);
        }
        double[] right = new double[support.length];
        Arrays.setAll(right, i -> cross[py * grid.factor() + px][support[i]] + ridge * centre[taps[i]]);
        double[] solution = unitGain(support, right, ridge);
        for (int i = 0; i < support.length; i++) {
            kernel[taps[i]] = solution[i];
        }
    }

    private double[] unitGain(int[] support, double[] right, double ridge) {
        int size = support.length;
        double[][] matrix = new double[size][size];
        double[] ones = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                matrix[i][j] = auto[support[i]][support[j]];
            }
            matrix[i][i] += ridge;
            ones[i] = 1;
        }
        Cholesky cholesky = new Cholesky(matrix);
        double[] solution = cholesky.solve(right);
        double[] direction = cholesky.solve(ones);
        double excess = -1;
        double gain = 0;
        for (int i = 0; i < size; i++) {
            excess += solution[i];
            gain += direction[i];
        }
        for (int i = 0; i < size; i++) {
            solution[i] -= direction[i] * excess / gain;
        }
        return solution;
    }

    /** Mean squared error of a kernel on a clip, in squared sample steps: not rounded, without borders. */
    static double error(Statistics clip, double[] kernel) {
        PhaseGrid grid = clip.grid();
        int offsets = grid.offsets();
        double sum = 0;
        for (int py = 0; py < grid.factor(); py++) {
            for (int px = 0; px < grid.factor(); px++) {
                double[] filter = new double[offsets * offsets];
                for (int a = grid.first(py); a <= grid.last(py); a++) {
                    for (int b = grid.first(px); b <= grid.last(px); b++) {
                        filter[(a + grid.reach()) * offsets + b + grid.reach()] =
                                kernel[grid.tap(py, a) * grid.kernel() + grid.tap(px, b)];
                    }
                }
                sum += squares(clip, py * grid.factor() + px, filter);
            }
        }
        return sum / clip.count / (grid.factor() * grid.factor());
    }

    private static double squares(Statistics clip, int phase, double[] filter) {
        double sum = clip.power[phase];
        for (int u = 0; u < filter.length; u++) {
            sum -= 2 * filter[u] * clip.cross[phase][u];
            sum += filter[u] * filter[u] * clip.auto[u][u];
            for (int v = u + 1; v < filter.length; v++) {
                sum += 2 * filter[u] * filter[v] * clip.auto[u][v];
            }
        }
        return sum;
    }
}
