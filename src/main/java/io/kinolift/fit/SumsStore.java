package io.kinolift.fit;

import java.io.IOException;

/** Keeps what passes have added up. */
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

    /** What is known of a clip: all, a part, or nothing. */
    ClipSums get(String pass, String hash);

    /** Replaces what was known of the clip. */
    void put(String pass, ClipSums clip) throws IOException;
}
