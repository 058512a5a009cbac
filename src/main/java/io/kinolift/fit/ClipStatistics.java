package io.kinolift.fit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What one clip says about a kernel: the statistics of the frames to fit on, and of the frames held out to choose by.
 * Of every {@value #HELD_OUT_OF} frames the last is held out.
 *
 * @param hash SHA-256 of the clip's file
 * @param framesRead frames of the clip that are in here, or were passed over
 * @param complete whether that is the whole clip
 */
record ClipStatistics(String hash, long framesRead, boolean complete, Statistics fitted, Statistics heldOut) {
    static final int HELD_OUT_OF = 5;

    static ClipStatistics none(String hash, PhaseGrid grid) {
        return new ClipStatistics(hash, 0, false, new Statistics(grid), new Statistics(grid));
    }

    static boolean isHeldOut(long usedFrame) {
        return usedFrame % HELD_OUT_OF == HELD_OUT_OF - 1;
    }

    /** All frames together. */
    Statistics all() {
        Statistics all = new Statistics(fitted.grid());
        all.add(fitted);
        all.add(heldOut);
        return all;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(hash);
        out.writeLong(framesRead);
        out.writeBoolean(complete);
        fitted.write(out);
        heldOut.write(out);
    }

    static ClipStatistics read(PhaseGrid grid, DataInput in) throws IOException {
        return new ClipStatistics(
                in.readUTF(), in.readLong(), in.readBoolean(), Statistics.read(grid, in), Statistics.read(grid, in));
    }
}
