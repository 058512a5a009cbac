package io.kinolift.fit;

import java.io.IOException;

/** Keeps the sums of passes. */
interface SumsStore {
    /** Keeps nothing. */
    SumsStore NONE = new SumsStore() {
        @Override
        public ClipSums get(String pass, String hash) {
            return ClipSums.none(hash);
        }

        @Override
        public void put(String pass, ClipSums clip) {}
    };

    /** The sums of a clip: all, a part, or none. */
    ClipSums get(String pass, String hash);

    /** Replaces the sums of the clip. */
    void put(String pass, ClipSums clip) throws IOException;
}
