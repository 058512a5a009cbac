package io.kinolift.upscale;

import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.ConvTransposeTable;

/**
 * The polyphase form of a transposed convolution. Outputs of one step of width see the same inputs, so they are made
 * together, as the sums of one table per phase in time, phase in height and group: sum (column phase, out channel) has
 * a term for every (frame, in channel, row offset, column offset), each ascending; where a column phase has no tap at an
 * offset the weight is 0, and the kernel leaves the term out.
 *
 * <p>Samples are summed as they are, 0 to 255, which makes the 255 of value/255 and of the result cancel; it is left
 * with the bias. High-depth samples are taken as they are, too, four times as large. So weights that are sums of few
 * powers of two give exact sums.
 */
final class ConvTables {
    private static final float SAMPLE_UNITS = 255;

    private final TransposedConvolution settings;
    /** What a bias of 1 is in samples. */
    private final float sampleUnits;

    final ConvAxis time;
    final ConvAxis rows;
    final ConvAxis columns;
    final int groups;
    final int inPerGroup;
    final int outPerGroup;
    /** Of any phase. */
    final int[] rowOffsets;
    final int[][] rowOffsetsOfPhase;
    final int[] columnOffsets;
    /** Per phase in time. */
    final int[][] timeOffsets;
    /** Per phase in time, phase in height and group. */
    private final ConvTransposeTable[][][] tables;

    /** For samples of 8 bits. */
    ConvTables(TransposedConvolution settings) {
        this(settings, SAMPLE_UNITS);
    }

    private ConvTables(TransposedConvolution settings, float sampleUnits) {
        this.settings = settings;
        this.sampleUnits = sampleUnits;
        time = settings.axis(0);
        rows = settings.axis(1);
        columns = settings.axis(2);
        groups = settings.groups();
        inPerGroup = settings.weights().inChannels() / groups;
        outPerGroup = settings.weights().outPerGroup();
        rowOffsets = rows.offsets();
        rowOffsetsOfPhase = new int[rows.stride()][];
        for (int phase = 0; phase < rows.stride(); phase++) {
            rowOffsetsOfPhase[phase] = rows.offsets(phase);
        }
        columnOffsets = columns.offsets();
        timeOffsets = new int[time.stride()][];
        tables = new ConvTransposeTable[time.stride()][rows.stride()][groups];
        for (int timePhase = 0; timePhase < time.stride(); timePhase++) {
            timeOffsets[timePhase] = time.offsets(timePhase);
            for (int rowPhase = 0; rowPhase < rows.stride(); rowPhase++) {
                for (int group = 0; group < groups; group++) {
                    tables[timePhase][rowPhase][group] = table(settings.weights(), timePhase, rowPhase, group);
                }
            }
        }
    }

    /** For the samples of a format: a bias counts four fold for high-depth ones, and all else is the same. */
    ConvTables suitedTo(PixelFormat format) {
        return format.isHighDepth() && settings.weights().bias().length > 0
                ? new ConvTables(settings, SAMPLE_UNITS * format.scaleFrom8Bit()) : this;
    }

    ConvTransposeTable table(int timePhase, int rowPhase, int group) {
        return tables[timePhase][rowPhase][group];
    }

    /** The number of a sum within its group and row phase. */
    int sum(int columnPhase, int outOfGroup) {
        return columnPhase * outPerGroup + outOfGroup;
    }

    /** Of a group and row phase. */
    int sums() {
        return columns.stride() * outPerGroup;
    }

    private ConvTransposeTable table(ConvWeights weights, int timePhase, int rowPhase, int group) {
        int sums = sums();
        int terms = timeOffsets[timePhase].length * inPerGroup * rowOffsetsOfPhase[rowPhase].length
                * columnOffsets.length;
        float[] weight = new float[Math.multiplyExact(terms, sums)];
        int term = 0;
        for (int timeOffset : timeOffsets[timePhase]) {
            int d = time.tap(timePhase, timeOffset);
            for (int in = group * inPerGroup; in < (group + 1) * inPerGroup; in++) {
                for (int rowOffset : rowOffsetsOfPhase[rowPhase]) {
                    int h = rows.tap(rowPhase, rowOffset);
                    for (int columnOffset : columnOffsets) {
                        fill(weights, in, d, h, columnOffset, weight, term++ * sums);
                    }
                }
            }
        }
        return new ConvTransposeTable(terms, weight, bias(weights, group, sums));
    }

    private void fill(ConvWeights weights, int in, int d, int h, int columnOffset, float[] weight, int at) {
        int[] kernel = weights.kernel();
        for (int columnPhase = 0; columnPhase < columns.stride(); columnPhase++) {
            int w = columns.tap(columnPhase, columnOffset);
            for (int out = 0; w >= 0 && out < outPerGroup; out++) {
                int from = (in * outPerGroup + out) * kernel[0] + d;
                weight[at + sum(columnPhase, out)] = weights.values()[(from * kernel[1] + h) * kernel[2] + w];
            }
        }
    }

    private float[] bias(ConvWeights weights, int group, int sums) {
        float[] bias = new float[sums];
        for (int m = 0; m < sums && weights.bias().length > 0; m++) {
            bias[m] = weights.bias()[group * outPerGroup + m % outPerGroup] * sampleUnits;
        }
        return bias;
    }
}
