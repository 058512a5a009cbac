package io.kinolift.topology;

import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.Operator;

/**
 * What is done to the frames of a stream.
 *
 * @param operator equal plans share one, and the tables it makes
 * @param sceneCut the {@link SceneSignature} distance above which two pictures belong to different shots; infinite for off
 * @param fingerprint names every setting that shapes output; where it is another than before, the open segment ends
 */
public record StreamPlan(Operator operator, double sceneCut, String fingerprint) {
    TimeGrid timeGrid() {
        return operator.timeGrid();
    }
}
