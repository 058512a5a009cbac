package io.kinolift.fit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The sums of a {@link ClipPass} over one clip so far.
 *
 * @param hash SHA-256 of the clip's file
 * @param position frames or outputs of the clip that are included or were skipped
 * @param complete whether that is the whole clip
 * @param sums as many as the pass has; none if nothing has been read
 */
record ClipSums(String hash, long position, boolean complete, Statistics[] sums) {
    /** More than any pass has; a damaged file may say any number. */
    private static final int MAX_CLASSES = 1 << 16;

    static ClipSums none(String hash) {
        return new ClipSums(hash, 0, false, new Statistics[0]);
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(hash);
        out.writeLong(position);
        out.writeBoolean(complete);
        out.writeInt(sums.length);
        for (Statistics each : sums) {
            each.write(out);
        }
    }

    static ClipSums read(PhaseGrid grid, DataInput in) throws IOException {
        String hash = in.readUTF();
        long position = in.readLong();
        boolean complete = in.readBoolean();
        int classes = in.readInt();
        if (classes < 0 || classes > MAX_CLASSES) {
            throw new IllegalArgumentException("expected 0 to " + MAX_CLASSES + " classes, found " + classes);
        }
        Statistics[] sums = new Statistics[classes];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = Statistics.read(grid, in);
        }
        return new ClipSums(hash, position, complete, sums);
    }
}
