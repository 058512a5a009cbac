package io.kinolift.upscale;

import io.kinolift.kernel.ConvTransposeTable;

/**
 * The polyphase form of a transposed convolution. All outputs of one step of height and width see the same inputs, so
 * they are made together, as the sums of one table per group and phase in time: sum (out channel, row phase, column
 * phase) has a term for every (frame, in channel, row offset, column offset), each ascending; where a phase has no tap
 * at an offset the weight is 0.
 *
 * <p>Samples are summed as they are, 0 to 255, which makes the 255 of value/255 and of the result cancel; it is left
 * with the bias. So weights that are sums of few powers of two give exact sums.
 */
final class ConvTables {
    private static final float SAMPLE_UNITS = 255;

    final ConvAxis time;
    final ConvAxis rows;
    final ConvAxis columns;
    final int groups;
    final int inPerGroup;
    final int outPerGroup;
    final int[] rowOffsets;
    final int[] columnOffsets;
    /** Per phase in time. */
    final int[][] timeOffsets;
    /** Per phase in time and group. */
    private final ConvTransposeTable[][] tables;

    ConvTables(TransposedConvolution settings) {
        time = settings.axis(0);
        rows = settings.axis(1);
        columns = settings.axis(2);
        groups = settings.groups();
        inPerGroup = settings.weights().inChannels() / groups;
        outPerGroup = settings.weights().outPerGroup();
        rowOffsets = rows.offsets();
        columnOffsets = columns.offsets();
        timeOffsets = new int[time.stride()][];
        tables = new ConvTransposeTable[time.stride()][groups];
        for (int phase = 0; phase < time.stride(); phase++) {
            timeOffsets[phase] = time.offsets(phase);
            for (int group = 0; group < groups; group++) {
                tables[phase][group] = table(settings.weights(), phase, group);
            }
        }
    }

    ConvTransposeTable table(int timePhase, int group) {
        return tables[timePhase][group];
    }

    /** The number of a sum within its group. */
    int sum(int outOfGroup, int rowPhase, int columnPhase) {
        return (outOfGroup * rows.stride() + rowPhase) * columns.stride() + columnPhase;
    }

    /** Floats to leave for the sums of a group, in all groups alike. */
    int paddedSums() {
        return tables[0][0].paddedSums();
    }

    private ConvTransposeTable table(ConvWeights weights, int timePhase, int group) {
        int sums = sum(outPerGroup, 0, 0);
        int terms = timeOffsets[timePhase].length * inPerGroup * rowOffsets.length * columnOffsets.length;
        float[] weight = new float[Math.multiplyExact(terms, sums)];
        int term = 0;
        for (int timeOffset : timeOffsets[timePhase]) {
            int d = time.tap(timePhase, timeOffset);
            for (int in = group * inPerGroup; in < (group + 1) * inPerGroup; in++) {
                for (int rowOffset : rowOffsets) {
                    for (int columnOffset : columnOffsets) {
                        fill(weights, in, d, rowOffset, columnOffset, weight, term++ * sums);
                    }
                }
            }
        }
        return new ConvTransposeTable(terms, weight, bias(weights, group, sums));
    }

    private void fill(ConvWeights weights, int in, int d, int rowOffset, int columnOffset, float[] weight, int at) {
        int[] kernel = weights.kernel();
        for (int out = 0; out < outPerGroup; out++) {
            for (int rowPhase = 0; rowPhase < rows.stride(); rowPhase++) {
                int h = rows.tap(rowPhase, rowOffset);
                for (int columnPhase = 0; columnPhase < columns.stride(); columnPhase++) {
                    int w = columns.tap(columnPhase, columnOffset);
                    if (h >= 0 && w >= 0) {
                        int from = (in * outPerGroup + out) * kernel[0] + d;
                        weight[at + sum(out, rowPhase, columnPhase)] =
                                weights.values()[(from * kernel[1] + h) * kernel[2] + w];
                    }
                }
            }
        }
    }

    private float[] bias(ConvWeights weights, int group, int sums) {
        float[] bias = new float[sums];
        for (int m = 0; m < sums && weights.bias().length > 0; m++) {
            int out = group * outPerGroup + m / (rows.stride() * columns.stride());
            bias[m] = weights.bias()[out] * SAMPLE_UNITS;
        }
        return bias;
    }
}
