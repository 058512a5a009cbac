package io.kinolift.upscale;

/**
 * Divides the work on one output. An operator that takes several passes calls {@link #run} for each: a pass begins when
 * all bands of the previous pass are done.
 */
@FunctionalInterface
public interface Bands {
    /** Runs everything at once, in the calling thread. */
    Bands ONE = work -> work.run(0, 1);

    /** The work on one band. */
    @FunctionalInterface
    interface Work {
        /**
         * Does one band's part of the work.
         *
         * @param band in 0..bands-1; threads may work on several bands at the same time
         */
        void run(int band, int bands);
    }

    /** Runs the work on each band once, and returns when all are done; throws the exception of a failed band. */
    void run(Work work);
}
