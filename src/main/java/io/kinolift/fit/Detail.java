package io.kinolift.fit;

import io.kinolift.frame.Picture;
import io.kinolift.quality.Crop;
import java.util.ArrayList;
import java.util.List;

/** A detail of one output: first from the footage, then from each way of making it. */
public final class Detail implements ClipEvaluation.Shown {
    private final long wanted;
    private final List<Crop> crops = new ArrayList<>();

    /** @param wanted the first output from here on is taken */
    Detail(long wanted) {
        this.wanted = wanted;
    }

    @Override
    public void show(long output, Picture truth, List<Picture> made) {
        if (crops.isEmpty() && output >= wanted) {
            Crop first = Crop.ofMostDetail(truth);
            crops.add(first);
            made.forEach(picture -> crops.add(first.same(picture)));
        }
    }

    /** Empty if there was no such output. */
    public List<Crop> crops() {
        return List.copyOf(crops);
    }
}
