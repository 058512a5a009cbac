package io.kinolift.engine;

import io.kinolift.frame.Picture;
import io.kinolift.pair.Pair;
import io.kinolift.pair.PictureChange;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The pairs of one stream: the first thread that asks computes a pair, the others wait for it. For any thread. */
final class Pairs {
    private final PairAnalysis analysis;
    private final Map<Neighbours, Pair> known = new ConcurrentHashMap<>();
    /** Apart, because few operators ask for them. */
    private final Map<Neighbours, Integer> changes = new ConcurrentHashMap<>();

    private record Neighbours(SourceId before, SourceId after) {
        boolean isOf(Set<SourceId> frames) {
            return frames.contains(before) && frames.contains(after);
        }
    }

    Pairs(PairAnalysis analysis) {
        this.analysis = analysis;
    }

    /** The pair of two pictures; the pictures themselves are not kept. */
    Pair of(SourceId before, Picture beforePicture, SourceId after, Picture afterPicture) {
        return known.computeIfAbsent(new Neighbours(before, after), _ -> analysis.of(beforePicture, afterPicture));
    }

    /** How much two pictures differ; the pictures themselves are not kept. */
    int change(SourceId before, Picture beforePicture, SourceId after, Picture afterPicture) {
        return changes.computeIfAbsent(
                new Neighbours(before, after), _ -> PictureChange.between(beforePicture, afterPicture));
    }

    /** Forgets every pair that has a frame outside of these. */
    void retain(Set<SourceId> frames) {
        known.keySet().removeIf(pair -> !pair.isOf(frames));
        changes.keySet().removeIf(pair -> !pair.isOf(frames));
    }

    int count() {
        return known.size() + changes.size();
    }
}
