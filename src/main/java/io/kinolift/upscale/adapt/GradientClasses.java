package io.kinolift.upscale.adapt;

/**
 * Sorts samples by their surroundings: the direction of an edge, its strength, its dominance, and the fineness of the
 * detail. It takes one picture row by row, and the classes depend on that picture alone. One thread at a time.
 *
 * <p>Loops are small and without branches, so that C2 vectorises them; {@code a - b >>> 31} is 1 where a is below b.
 *
 * <p>Sums are taken over a box of five by five samples, with gx and gy the differences of the two neighbours on either
 * side: {@code t = gx^2 + gy^2}, {@code u = gx^2 - gy^2}, {@code v = 2 gx gy} (the structure tensor), and {@code h},
 * the squares of second differences. Then
 *
 * <ul>
 *   <li>if t is below {@value #FLAT}, a gradient of two steps, the class is 0 regardless of the rest;
 *   <li>an edge is strong from t = {@value #STRONG} on, a gradient of ten steps;
 *   <li>coherence is {@code (u^2 + v^2) / t^2}, 1 if all gradients run one way, in float32 and then in 256ths;
 *   <li>detail is {@code h / t}, divided into three at 1/4 and 1/2;
 *   <li>the angle depends on the signs of u and v and on which of them is greater: eight sectors, bounded by the axes
 *       and diagonals, so that edges leaning to either side of them are told apart.
 * </ul>
 */
public final class GradientClasses {
    /** Number of classes. */
    public static final int COUNT = 145;

    /** Number of samples on either side that a sample's class depends on. */
    public static final int REACH = 3;

    /** The name of this classification: weights that were fitted to another do not fit it. */
    public static final String NAME = "gradient-145";

    private static final int BOX = 5;
    private static final int FLAT = 400;
    private static final int STRONG = 10_000;
    private static final int SOME_COHERENCE = 125;
    private static final int MUCH_COHERENCE = 231;
    private static final int T = 0;
    private static final int U = 1;
    private static final int V = 2;
    private static final int H = 3;
    private static final int MIRROR = 4;
    private static final int TRANSPOSE = 2;
    private static final int ANGLES = 8;
    private static final int DETAILS = 3 * ANGLES;
    private static final int COHERENCES = 3 * DETAILS;

    private final int width;
    private final int[][] products;
    /** For the last five rows, the products summed along the row. */
    private final int[][][] rows;

    private final int[][] sums;
    private final int[] coherence;
    private int pushed;

    /** @param width samples per row */
    public GradientClasses(int width) {
        this.width = width;
        products = new int[H + 1][width + BOX - 1];
        rows = new int[BOX][H + 1][width];
        sums = new int[H + 1][width];
        coherence = new int[width];
    }

    /**
     * Takes the next row.
     *
     * @param row that row with {@link #REACH} more samples at either end; {@code above} and {@code below} are equally
     *     long
     */
    public void push(int[] above, int[] row, int[] below) {
        multiplyGradients(above, row, below, products[T], products[U]);
        multiplyAcross(above, row, below, products[V]);
        multiplyBends(above, row, below, products[H]);
        int[][] slot = rows[pushed++ % BOX];
        for (int i = 0; i <= H; i++) {
            addAlong(products[i], slot[i]);
        }
    }

    private void multiplyGradients(int[] above, int[] row, int[] below, int[] t, int[] u) {
        for (int i = 0; i < width + BOX - 1; i++) {
            int gx = row[i + 2] - row[i];
            int gy = below[i + 1] - above[i + 1];
            t[i] = gx * gx + gy * gy;
            u[i] = gx * gx - gy * gy;
        }
    }

    private void multiplyAcross(int[] above, int[] row, int[] below, int[] v) {
        for (int i = 0; i < width + BOX - 1; i++) {
            v[i] = 2 * (row[i + 2] - row[i]) * (below[i + 1] - above[i + 1]);
        }
    }

    private void multiplyBends(int[] above, int[] row, int[] below, int[] h) {
        for (int i = 0; i < width + BOX - 1; i++) {
            int dx = row[i + 2] + row[i] - 2 * row[i + 1];
            int dy = below[i + 1] + above[i + 1] - 2 * row[i + 1];
            h[i] = dx * dx + dy * dy;
        }
    }

    private void addAlong(int[] from, int[] to) {
        for (int x = 0; x < width; x++) {
            to[x] = from[x] + from[x + 1] + from[x + 2] + from[x + 3] + from[x + 4];
        }
    }

    /**
     * Computes the classes, 0 to {@link #COUNT} - 1, of the row pushed two rows before the last, out of five or more.
     */
    public void classify(int[] classes) {
        for (int i = 0; i <= H; i++) {
            addDown(rows[0][i], rows[1][i], rows[2][i], rows[3][i], rows[4][i], sums[i]);
        }
        measureCoherence(sums[T], sums[U], sums[V], coherence);
        beginWithAngle(sums[U], sums[V], classes);
        addDetail(sums[T], sums[H], classes);
        addCoherence(coherence, classes);
        endWithStrength(sums[T], classes);
    }

    private void addDown(int[] a, int[] b, int[] c, int[] d, int[] e, int[] to) {
        for (int x = 0; x < width; x++) {
            to[x] = a[x] + b[x] + c[x] + d[x] + e[x];
        }
    }

    private static void measureCoherence(int[] ts, int[] us, int[] vs, int[] to) {
        for (int x = 0; x < to.length; x++) {
            float t = ts[x];
            float u = us[x];
            float v = vs[x];
            to[x] = (int) (256 * (u * u + v * v) / (t * t));
        }
    }

    private static void beginWithAngle(int[] us, int[] vs, int[] classes) {
        for (int x = 0; x < us.length; x++) {
            int u = us[x];
            int v = vs[x];
            classes[x] = (v >>> 31) * MIRROR + (u >>> 31) * TRANSPOSE + ((Math.abs(u) - Math.abs(v)) >>> 31);
        }
    }

    private static void addDetail(int[] ts, int[] hs, int[] classes) {
        for (int x = 0; x < ts.length; x++) {
            int below = ts[x] - 1;
            int h = hs[x];
            classes[x] += ((below - 4 * h) >>> 31) * ANGLES + ((below - 2 * h) >>> 31) * ANGLES;
        }
    }

    /** Arithmetic shifts, -1 for below: C2 does not vectorise a constant minus a number. */
    private static void addCoherence(int[] coherence, int[] classes) {
        for (int x = 0; x < coherence.length; x++) {
            int c = coherence[x];
            classes[x] += (2 + ((c - SOME_COHERENCE) >> 31) + ((c - MUCH_COHERENCE) >> 31)) * DETAILS;
        }
    }

    private static void endWithStrength(int[] ts, int[] classes) {
        for (int x = 0; x < ts.length; x++) {
            int edge = 1 + classes[x] + (1 + ((ts[x] - STRONG) >> 31)) * COHERENCES;
            classes[x] = edge & ~((ts[x] - FLAT) >> 31);
        }
    }

    /** The class of a sample in the mirrored picture, with left and right or top and bottom exchanged. */
    public static int mirrored(int of) {
        return of == 0 ? 0 : (of - 1 ^ MIRROR) + 1;
    }

    /** The class of a sample in the transposed picture, with rows and columns exchanged. */
    public static int transposed(int of) {
        return of == 0 ? 0 : (of - 1 ^ TRANSPOSE) + 1;
    }
}
