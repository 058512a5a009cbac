package io.kinolift.kernel.adapt;

/** The definition of the result: plain loops. */
public final class ScalarGradients implements GradientKernel {
    @Override
    public void addDown(float[][] rows, int count, float[] ts, float[] us, float[] vs, float[] hs) {
        for (int x = 0; x < count; x++) {
            float t = 0;
            float u = 0;
            float v = 0;
            float h = 0;
            for (int y = 1; y <= BOX; y++) {
                float[] row = rows[y];
                float above = rows[y - 1][x + 1];
                float below = rows[y + 1][x + 1];
                float gx = row[x + 2] - row[x];
                float gy = below - above;
                float dx = row[x + 2] + row[x] - 2 * row[x + 1];
                float dy = below + above - 2 * row[x + 1];
                t += gx * gx + gy * gy;
                u += gx * gx - gy * gy;
                v += 2 * gx * gy;
                h += dx * dx + dy * dy;
            }
            ts[x] = t;
            us[x] = u;
            vs[x] = v;
            hs[x] = h;
        }
    }

    @Override
    public void addAlong(float[] sums, int count) {
        for (int x = 0; x < count; x++) {
            sums[x] += sums[x + 1] + sums[x + 2] + sums[x + 3] + sums[x + 4];
        }
    }

    @Override
    public void beginClasses(float[] ts, float[] us, float[] vs, float[] hs, int count, int[] classes) {
        for (int x = 0; x < count; x++) {
            float t = ts[x];
            int angle = (vs[x] < 0 ? MIRROR : 0)
                    + (us[x] < 0 ? TRANSPOSE : 0)
                    + (Math.abs(us[x]) < Math.abs(vs[x]) ? 1 : 0);
            classes[x] = angle + ((4 * hs[x] >= t ? 1 : 0) + (2 * hs[x] >= t ? 1 : 0)) * DETAIL;
        }
    }

    @Override
    public void endClasses(float[] ts, float[] us, float[] vs, int count, int[] classes) {
        for (int x = 0; x < count; x++) {
            float t = ts[x];
            float coherence = 256 * (us[x] * us[x] + vs[x] * vs[x]) / (t * t);
            int more = ((coherence >= SOME_COHERENCE ? 1 : 0) + (coherence >= MUCH_COHERENCE ? 1 : 0)) * COHERENCE
                    + (t >= STRONG ? STRENGTH : 0);
            classes[x] = t < FLAT ? 0 : 1 + classes[x] + more;
        }
    }
}
