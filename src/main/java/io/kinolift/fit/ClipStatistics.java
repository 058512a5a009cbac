package io.kinolift.fit;

/**
 * The statistics of one clip for a kernel: those of the frames to fit on, and those of the frames that are held out for
 * choosing. The last of every {@value #HELD_OUT_OF} frames is held out.
 *
 * @param hash SHA-256 of the clip's file
 */
record ClipStatistics(String hash, Statistics fitted, Statistics heldOut) {
    static final int HELD_OUT_OF = 5;

    /** @param clip of {@link FramePass#forOneKernel} */
    static ClipStatistics of(ClipSums clip) {
        return new ClipStatistics(clip.hash(), clip.sums()[0], clip.sums()[1]);
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
}
