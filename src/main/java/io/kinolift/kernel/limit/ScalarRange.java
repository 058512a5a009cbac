package io.kinolift.kernel.limit;

/** The definition of the result: plain loops. */
public final class ScalarRange implements RangeKernel {
    @Override
    public void widen(byte[] bytes, short[] samples, int at, int count) {
        for (int x = 0; x < count; x++) {
            samples[at + x] = (short) (bytes[x] & 0xFF);
        }
    }

    @Override
    public void split(short[] pairs, short[] left, short[] right, int count) {
        for (int x = 0; x < count; x++) {
            left[x] = (short) (pairs[x] & 0xFF);
            right[x] = (short) (pairs[x] >> Byte.SIZE & 0xFF);
        }
    }

    @Override
    public void add(
            short[] above,
            short[] row,
            short[] below,
            short[] low,
            short[] high,
            short[] peak,
            short[] pit,
            int count) {
        for (int x = 0; x < count; x++) {
            int here = row[x + 1];
            int least = Math.min(above[x + 1], below[x + 1]);
            int most = Math.max(above[x + 1], below[x + 1]);
            peak[x] = (short) Math.max(peak[x], here - Math.min(most, Math.max(row[x], row[x + 2])));
            pit[x] = (short) Math.max(pit[x], Math.max(least, Math.min(row[x], row[x + 2])) - here);
            int before = Math.min(above[x], Math.min(row[x], below[x]));
            int behind = Math.min(above[x + 2], Math.min(row[x + 2], below[x + 2]));
            low[x] = (short) Math.min(low[x], Math.min(here, Math.min(least, Math.min(before, behind))));
            before = Math.max(above[x], Math.max(row[x], below[x]));
            behind = Math.max(above[x + 2], Math.max(row[x + 2], below[x + 2]));
            high[x] = (short) Math.max(high[x], Math.max(here, Math.max(most, Math.max(before, behind))));
        }
    }

    @Override
    public void widenRange(short[] low, short[] high, short[] peak, short[] pit, int room, int largest, int count) {
        for (int x = 0; x < count; x++) {
            int more = ((high[x] - low[x]) * room + RangeLimit.UNIT / 2) / RangeLimit.UNIT;
            low[x] = (short) Math.max(0, low[x] - more - 3 * pit[x] / 8);
            high[x] = (short) Math.min(largest, high[x] + more + 3 * peak[x] / 8);
        }
    }

    @Override
    public void touch(short[] output, short[] low, short[] high, short[] touched, int count) {
        for (int x = 0; x < count; x++) {
            touched[x] |= (short) (output[x] ^ Math.max(low[x], Math.min(high[x], output[x])));
        }
    }
}
