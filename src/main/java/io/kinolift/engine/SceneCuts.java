package io.kinolift.engine;

import java.util.SortedSet;

/**
 * Finds the scene cuts of a window, between all inputs that an output blends. Whether there is one depends on the two
 * pictures alone, and both are there wherever taps reach over the place.
 */
final class SceneCuts {
    private final Workers workers;

    SceneCuts(Workers workers) {
        this.workers = workers;
    }

    void find(DecodedWindow decoded, StreamPlan plan) {
        if (!plan.findsCuts()) {
            return;
        }
        SortedSet<Long> pairs = decoded.blendedWithNext();
        // Workers begin at the front while this thread goes through the same list: who comes first computes a pair.
        for (long index : pairs) {
            var _ = workers.submit(() -> decoded.pair(index));
        }
        for (long index : pairs) {
            if (plan.isCut(decoded.pair(index))) {
                decoded.cutBefore(index + 1);
            }
        }
    }
}
