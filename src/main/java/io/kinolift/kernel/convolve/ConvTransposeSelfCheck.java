package io.kinolift.kernel.convolve;

import io.kinolift.kernel.colour.RgbSelfCheck;
import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Compares two kernels of transposed convolution on a few small rows, byte by byte. */
public final class ConvTransposeSelfCheck {
    private static final int INPUTS = 97;
    private static final int ROWS = 4;
    /** The most sums of a convolution; up to it, every size of tile occurs. */
    private static final int MOST_SUMS = ConvTransposeTable.SIX;

    private static final SampleType[] SHORTS = {SampleType.upTo(65_535), new SampleType(1023, 6)};

    private ConvTransposeSelfCheck() {}

    public static boolean agree(ConvTransposeKernel expected, ConvTransposeKernel found) {
        return Arrays.equals(line(expected), line(found)) && RgbSelfCheck.agree(expected.rgb(), found.rgb());
    }

    /** Makes rows of one to six phases, to pass all tiles and all ways to widen, join and round. */
    private static byte[] line(ConvTransposeKernel kernel) {
        SplittableRandom random = new SplittableRandom(20_261_121);
        int stride = INPUTS + kernel.slack();
        byte[] samples = new byte[INPUTS];
        random.nextBytes(samples);
        float[] rows = new float[ROWS + stride];
        int bytesOfSum = 1 + Float.BYTES + Short.BYTES;
        ByteBuffer line = ByteBuffer.allocate(MOST_SUMS * (MOST_SUMS + 1) / 2 * INPUTS * bytesOfSum);
        for (int phases = 1; phases <= MOST_SUMS; phases++) {
            if (phases >= 3) {
                // Half as many samples, two bytes each; the other rows keep their values.
                kernel.widen(SHORTS[phases % 2], MemorySegment.ofArray(samples), 0, 1, INPUTS / 2, rows, ROWS);
            } else {
                kernel.widen(SampleType.BYTES, MemorySegment.ofArray(samples), 0, 1, INPUTS, rows, ROWS);
            }
            float[] weight = new float[ROWS * phases];
            for (int i = 0; i < weight.length; i++) {
                weight[i] = (float) random.nextDouble(-0.2, 0.6);
            }
            ConvTransposeTable table = new ConvTransposeTable(ROWS, weight, new float[phases], kernel.largestTile());
            float[] sums = new float[table.sums() * stride];
            kernel.accumulate(table, new int[] {0, 1, 2, 3}, rows, 0, INPUTS, sums, 0, stride);
            byte[] rounded = new byte[phases * stride];
            float[] joined = new float[phases * stride];
            kernel.round(sums, 0, stride, phases, INPUTS, rounded, 0);
            kernel.join(sums, 0, stride, phases, INPUTS, joined, 0);
            short[] shorts = new short[phases * stride];
            kernel.round(SHORTS[phases / 2 % 2], sums, 0, stride, phases, INPUTS, shorts, 0);
            line.put(rounded, 0, phases * INPUTS);
            for (int i = 0; i < phases * INPUTS; i++) {
                line.putFloat(joined[i]).putShort(shorts[i]);
            }
        }
        return line.array();
    }
}
