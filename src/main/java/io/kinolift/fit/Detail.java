package io.kinolift.fit;

import io.kinolift.frame.Picture;
import io.kinolift.quality.Crop;
import java.util.ArrayList;
import java.util.List;

/** A detail of one output: first from the footage, then from each way of making it. */
public final class Detail implements ClipEvaluation.Shown {
    private final long wanted;
    private final Place place;
    private final List<Crop> crops = new ArrayList<>();

    /** Chooses the detail. */
    private interface Place {
        Crop of(Picture truth, Picture firstMade);
    }

    private Detail(long wanted, Place place) {
        this.wanted = wanted;
        this.place = place;
    }

    /**
     * Where the footage has the most detail.
     *
     * @param wanted the first output from here on is taken
     */
    static Detail ofMostDetail(long wanted) {
        return new Detail(wanted, (truth, _) -> Crop.ofMostDetail(truth));
    }

    /**
     * Where the first way of making it errs most: of a blend, where most moves.
     *
     * @param wanted the first output from here on is taken
     */
    static Detail ofMostError(long wanted) {
        return new Detail(wanted, Crop::ofMostDifference);
    }

    @Override
    public void show(long output, Picture truth, List<Picture> made) {
        if (crops.isEmpty() && output >= wanted) {
            Crop first = place.of(truth, made.getFirst());
            crops.add(first);
            made.forEach(picture -> crops.add(first.same(picture)));
        }
    }

    /** Empty if there was no such output. */
    public List<Crop> crops() {
        return List.copyOf(crops);
    }
}
