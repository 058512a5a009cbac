package io.kinolift.motion;

import io.kinolift.kernel.motion.LumaLevel;

/**
 * How brightness changes from one picture to the next when the picture does not: a fade or a flash. It is told on a
 * small picture: where a factor and an offset, from the means and mean deviations of both, make the two much more alike
 * without any motion, the second picture is brought to the first one's brightness before motion is looked for.
 * Otherwise motion would be looked for where there is none, and nothing that does not move would stay.
 *
 * @param table what a sample of the second picture becomes; null where brightness does not change
 * @param shift mean of the second picture less that of the first, in 8-bit samples
 * @param still by how much a block may differ without having moved, because a table makes steps of samples wider: quarter
 *     steps of samples, over 64 of them
 */
record BrightnessChange(byte[] table, int shift, int still) {
    static final BrightnessChange NONE = new BrightnessChange(null, 0, 0);

    private static final int UNIT = 256;
    /** Half a step of each of 64 samples, in quarter steps. */
    private static final int STILL = 128;

    /** @param a the first picture, some levels down, and the second */
    static BrightnessChange between(LumaLevel a, LumaLevel b) {
        int count = a.width * a.height;
        int meanA = Math.toIntExact(sum(a) * UNIT / count);
        int meanB = Math.toIntExact(sum(b) * UNIT / count);
        int shift = Math.floorDiv(meanB - meanA + UNIT / 2, UNIT);
        if (shift == 0) {
            return NONE;
        }
        long deviationA = deviation(a, meanA);
        long deviationB = deviation(b, meanB);
        long factor = deviationB == 0 ? UNIT : Math.clamp(deviationA * UNIT / deviationB, UNIT / 16, 16 * UNIT);
        byte[] table = new byte[256];
        for (int sample = 0; sample < table.length; sample++) {
            long value =
                    Math.floorDiv((sample * UNIT - meanB) * factor + (long) UNIT * (meanA + UNIT / 2), UNIT * UNIT);
            table[sample] = (byte) Math.clamp(value, 0, 255);
        }
        boolean explains = 4 * difference(a, b, table) < 3 * difference(a, b, null);
        int still = STILL * Math.toIntExact(Math.max(UNIT, factor)) / UNIT;
        return explains ? new BrightnessChange(table, shift, still) : NONE;
    }

    /** The second picture as bright as the first. */
    LumaLevel levelled(LumaLevel b) {
        if (table == null) {
            return b;
        }
        LumaLevel level = new LumaLevel(b.width, b.height);
        for (int i = 0; i < b.samples.length; i++) {
            level.samples[i] = table[b.samples[i] & 0xFF];
        }
        return level;
    }

    private static long sum(LumaLevel a) {
        long sum = 0;
        for (int y = 0; y < a.height; y++) {
            for (int x = 0; x < a.width; x++) {
                sum += a.samples[a.at(x, y)] & 0xFF;
            }
        }
        return sum;
    }

    private static long deviation(LumaLevel a, int mean) {
        long sum = 0;
        for (int y = 0; y < a.height; y++) {
            for (int x = 0; x < a.width; x++) {
                sum += Math.abs((a.samples[a.at(x, y)] & 0xFF) * UNIT - mean);
            }
        }
        return sum;
    }

    private static long difference(LumaLevel a, LumaLevel b, byte[] table) {
        long sum = 0;
        for (int y = 0; y < a.height; y++) {
            for (int x = 0; x < a.width; x++) {
                int at = a.at(x, y);
                int other = b.samples[at] & 0xFF;
                sum += Math.abs((a.samples[at] & 0xFF) - (table == null ? other : table[other] & 0xFF));
            }
        }
        return sum;
    }
}
