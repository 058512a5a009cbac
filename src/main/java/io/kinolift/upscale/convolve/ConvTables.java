package io.kinolift.upscale.convolve;

import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.convolve.ConvTransposeTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The polyphase form of a transposed convolution. Outputs of one step of height and width see the same inputs, so they
 * are made together, as the sums of one table. There is one table per phase in time, block of phases in height, and
 * group. Sum (row phase, column phase, out channel) has a term for every (frame, in channel, row offset, column
 * offset), each ascending. If a column phase has no tap at an offset, the weight is 0, and a tile that has only such
 * sums leaves the term out.
 *
 * <p>Samples are summed unscaled, 0 to 255, so the 255 of value/255 cancels with the 255 of the result and remains only
 * in the bias. Samples of more bits are also taken unscaled, 2 per bit as large. So weights that are sums of few powers
 * of two give exact sums.
 */
final class ConvTables {
    private static final float SAMPLE_UNITS = 255;

    private final TransposedConvolution settings;
    /** The size of a bias of 1, in samples. */
    private final float sampleUnits;

    final ConvAxis time;
    final ConvAxis rows;
    final ConvAxis columns;
    final int groups;
    final int inPerGroup;
    final int outPerGroup;
    /** The row offsets of all phases. */
    final int[] rowOffsets;

    final List<RowBlock> rowBlocks;
    final int[] columnOffsets;
    /** Per phase in time. */
    final int[][] timeOffsets;
    /** Per phase in time, block of rows and group. */
    private final ConvTransposeTable[][][] tables;

    private final int largestTile;

    /**
     * Neighbouring row phases with taps at the same offsets: all phases if the kernel is a multiple of the stride.
     *
     * @param offsets row offsets of each of the phases, ascending
     */
    record RowBlock(int firstPhase, int phases, int[] offsets) {}

    /**
     * For samples of 8 bits.
     *
     * @param largestTile limit of the kernel that will use the tables
     */
    ConvTables(TransposedConvolution settings, int largestTile) {
        this(settings, largestTile, SAMPLE_UNITS);
    }

    private ConvTables(TransposedConvolution settings, int largestTile, float sampleUnits) {
        this.settings = settings;
        this.largestTile = largestTile;
        this.sampleUnits = sampleUnits;
        time = settings.axis(0);
        rows = settings.axis(1);
        columns = settings.axis(2);
        groups = settings.groups();
        inPerGroup = settings.weights().inChannels() / groups;
        outPerGroup = settings.weights().outPerGroup();
        rowOffsets = rows.offsets();
        rowBlocks = rowBlocks(rows);
        columnOffsets = columns.offsets();
        timeOffsets = new int[time.stride()][];
        tables = new ConvTransposeTable[time.stride()][rowBlocks.size()][groups];
        for (int timePhase = 0; timePhase < time.stride(); timePhase++) {
            timeOffsets[timePhase] = time.offsets(timePhase);
            for (int block = 0; block < rowBlocks.size(); block++) {
                for (int group = 0; group < groups; group++) {
                    tables[timePhase][block][group] = table(timePhase, rowBlocks.get(block), group);
                }
            }
        }
    }

    private static List<RowBlock> rowBlocks(ConvAxis rows) {
        List<RowBlock> blocks = new ArrayList<>();
        for (int phase = 0; phase < rows.stride(); phase++) {
            int[] offsets = rows.offsets(phase);
            RowBlock last = blocks.isEmpty() ? null : blocks.getLast();
            if (last != null && Arrays.equals(last.offsets(), offsets)) {
                blocks.set(blocks.size() - 1, new RowBlock(last.firstPhase(), last.phases() + 1, offsets));
            } else {
                blocks.add(new RowBlock(phase, 1, offsets));
            }
        }
        return blocks;
    }

    /**
     * The tables for a format's samples: with more bits the bias grows as the samples do, and all else stays the same.
     */
    ConvTables suitedTo(PixelFormat format) {
        return format.scaleFrom8Bit() > 1 && settings.weights().bias().length > 0
                ? new ConvTables(settings, largestTile, SAMPLE_UNITS * format.scaleFrom8Bit())
                : this;
    }

    ConvTransposeTable table(int timePhase, int block, int group) {
        return tables[timePhase][block][group];
    }

    /** The number of the first sum of a group and row phase. */
    int sum(int group, int rowPhase) {
        return (group * rows.stride() + rowPhase) * sumsOfPhase();
    }

    /** The number of a sum within its group and row phase. */
    int sumOfPhase(int columnPhase, int outOfGroup) {
        return columnPhase * outPerGroup + outOfGroup;
    }

    /** The number of sums over all groups and phases. */
    int sums() {
        return groups * rows.stride() * sumsOfPhase();
    }

    private int sumsOfPhase() {
        return columns.stride() * outPerGroup;
    }

    private ConvTransposeTable table(int timePhase, RowBlock block, int group) {
        int sums = block.phases() * sumsOfPhase();
        int terms = timeOffsets[timePhase].length * inPerGroup * block.offsets().length * columnOffsets.length;
        float[] weight = new float[Math.multiplyExact(terms, sums)];
        int term = 0;
        for (int timeOffset : timeOffsets[timePhase]) {
            int d = time.tap(timePhase, timeOffset);
            for (int in = group * inPerGroup; in < (group + 1) * inPerGroup; in++) {
                for (int rowOffset : block.offsets()) {
                    for (int columnOffset : columnOffsets) {
                        for (int phase = 0; phase < block.phases(); phase++) {
                            int h = rows.tap(block.firstPhase() + phase, rowOffset);
                            fill(in, d, h, columnOffset, weight, term * sums + phase * sumsOfPhase());
                        }
                        term++;
                    }
                }
            }
        }
        return new ConvTransposeTable(terms, weight, bias(group, sums), largestTile);
    }

    private void fill(int in, int d, int h, int columnOffset, float[] weight, int at) {
        ConvWeights weights = settings.weights();
        int[] kernel = weights.kernel();
        for (int columnPhase = 0; columnPhase < columns.stride(); columnPhase++) {
            int w = columns.tap(columnPhase, columnOffset);
            for (int out = 0; w >= 0 && out < outPerGroup; out++) {
                int from = (in * outPerGroup + out) * kernel[0] + d;
                weight[at + sumOfPhase(columnPhase, out)] = weights.values()[(from * kernel[1] + h) * kernel[2] + w];
            }
        }
    }

    private float[] bias(int group, int sums) {
        float[] ofChannels = settings.weights().bias();
        float[] bias = new float[sums];
        for (int m = 0; m < sums && ofChannels.length > 0; m++) {
            bias[m] = ofChannels[group * outPerGroup + m % outPerGroup] * sampleUnits;
        }
        return bias;
    }
}
