package io.kinolift.upscale;

/**
 * How the work on one output is shared out. An operator that takes several passes calls {@link #run} for each: a pass
 * begins when all bands of the one before are done.
 */
@FunctionalInterface
public interface Bands {
    /** Everything at once, by the calling thread. */
    Bands ONE = work -> work.run(0, 1);

    /** The work on one band. */
    @FunctionalInterface
    interface Work {
        /**
         * Does one band's part of the work.
         *
         * @param band in 0..bands-1; several bands may be worked on at the same time
         */
        void run(int band, int bands);
    }

    /** Has each band worked on once, and returns when all are done; throws what a band threw. */
    void run(Work work);
}
