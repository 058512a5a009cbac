package io.kinolift.fit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The exact normal equations of one clip: sums of products of 8-bit samples in 64 bits. They do not depend on the order
 * of frames, rows or threads.
 *
 * <p>An input neighbourhood is {@code n * n} samples, with n offsets along either axis; its sample (a, b) has index
 * {@code a * n + b}.
 */
final class Statistics {
    private final PhaseGrid grid;
    /** Products of two samples of a neighbourhood; only [u][v] with u not after v. */
    final long[][] auto;
    /** Per phase {@code py * factor + px}: products of an output sample and those of its neighbourhood. */
    final long[][] cross;
    /** Per phase: squares of output samples. */
    final long[] power;
    /** Neighbourhoods, that is, output samples per phase. */
    long count;

    long frames;

    Statistics(PhaseGrid grid) {
        this.grid = grid;
        int size = grid.offsets() * grid.offsets();
        int phases = grid.factor() * grid.factor();
        auto = new long[size][size];
        cross = new long[phases][size];
        power = new long[phases];
    }

    /** Bytes on the heap, without the headers of arrays. */
    static long bytes(PhaseGrid grid) {
        long size = (long) grid.offsets() * grid.offsets();
        return Long.BYTES * size * (size + (long) grid.factor() * grid.factor());
    }

    PhaseGrid grid() {
        return grid;
    }

    void add(Statistics other) {
        for (int u = 0; u < auto.length; u++) {
            add(auto[u], other.auto[u]);
        }
        for (int phase = 0; phase < cross.length; phase++) {
            add(cross[phase], other.cross[phase]);
        }
        add(power, other.power);
        count += other.count;
        frames += other.frames;
    }

    private static void add(long[] sums, long[] others) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += others[i];
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(count);
        out.writeLong(frames);
        for (int u = 0; u < auto.length; u++) {
            write(auto[u], u, out);
        }
        for (long[] row : cross) {
            write(row, 0, out);
        }
        write(power, 0, out);
    }

    private static void write(long[] sums, int from, DataOutput out) throws IOException {
        for (int i = from; i < sums.length; i++) {
            out.writeLong(sums[i]);
        }
    }

    static Statistics read(PhaseGrid grid, DataInput in) throws IOException {
        Statistics statistics = new Statistics(grid);
        statistics.count = in.readLong();
        statistics.frames = in.readLong();
        for (int u = 0; u < statistics.auto.length; u++) {
            read(statistics.auto[u], u, in);
        }
        for (long[] row : statistics.cross) {
            read(row, 0, in);
        }
        read(statistics.power, 0, in);
        return statistics;
    }

    private static void read(long[] sums, int from, DataInput in) throws IOException {
        for (int i = from; i < sums.length; i++) {
            sums[i] = in.readLong();
        }
    }
}
