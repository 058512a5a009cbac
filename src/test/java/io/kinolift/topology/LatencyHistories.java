package io.kinolift.topology;

import io.kinolift.window.LevelHistory;

/** Histories that tests make up. */
final class LatencyHistories {
    private LatencyHistories() {}

    static LevelHistory at(int level) {
        return new LevelHistory(level, 0, false, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
