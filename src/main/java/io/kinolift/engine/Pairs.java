package io.kinolift.engine;

import io.kinolift.frame.Picture;
import io.kinolift.pair.Pair;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The pairs of one stream: the first thread that asks computes a pair, the others wait for it. For any thread. */
final class Pairs {
    private final PairAnalysis analysis;
    private final Map<Neighbours, Pair> known = new ConcurrentHashMap<>();

    private record Neighbours(SourceId before, SourceId after) {}

    Pairs(PairAnalysis analysis) {
        this.analysis = analysis;
    }

    /** The pair of two pictures; the pictures themselves are not kept. */
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
