package io.kinolift.engine;

import io.kinolift.frame.Picture;
import io.kinolift.pair.Pair;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The pairs of one stream: whoever asks first computes a pair, and others wait for it. From any thread. */
final class Pairs {
    private final PairAnalysis analysis;
    private final Map<Neighbours, Pair> known = new ConcurrentHashMap<>();

    private record Neighbours(SourceId before, SourceId after) {}

    Pairs(PairAnalysis analysis) {
        this.analysis = analysis;
    }

    /** What two pictures tell; of the pictures themselves nothing is kept. */
    Pair of(SourceId before, Picture beforePicture, SourceId after, Picture afterPicture) {
        return known.computeIfAbsent(new Neighbours(before, after), _ -> analysis.of(beforePicture, afterPicture));
    }

    /** Forgets every pair that has a frame outside of these. */
    void retain(Set<SourceId> frames) {
        known.keySet().removeIf(pair -> !frames.contains(pair.before()) || !frames.contains(pair.after()));
    }

    int count() {
        return known.size();
    }
}
