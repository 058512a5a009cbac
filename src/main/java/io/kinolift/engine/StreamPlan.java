package io.kinolift.engine;

import io.kinolift.frame.TimeGrid;
import io.kinolift.pair.Pair;
import io.kinolift.upscale.Operator;

/**
 * How the frames of a stream are upscaled and encoded.
 *
 * @param operator equal plans share one, and the tables it makes
 * @param sceneCut the {@link Pair#sceneDistance} above which two pictures belong to different shots; infinite for off
 * @param encoding how its output frames are encoded
 * @param fingerprint names every setting that shapes pictures; when it changes, the open segment ends
 * @param summary all of it in a few words, for people
 * @param levels what it falls back on to keep up with a live stream
 */
public record StreamPlan(
        Operator operator, double sceneCut, FrameEncoding encoding, String fingerprint, String summary, Levels levels) {
    /** A plan that is never left. */
    public StreamPlan(Operator operator, double sceneCut, FrameEncoding encoding, String fingerprint, String summary) {
        this(operator, sceneCut, encoding, fingerprint, summary, Levels.NONE);
    }

    /** The plan of a window at a level: all is the same but the operator. */
    public StreamPlan at(int level) {
        return level == 0
                ? this
                : new StreamPlan(levels.operator(level, operator), sceneCut, encoding, fingerprint, summary, levels);
    }

    public TimeGrid timeGrid() {
        return operator.timeGrid();
    }

    /** Whether anybody wants to know where scenes are cut. */
    boolean findsCuts() {
        return sceneCut < Double.POSITIVE_INFINITY;
    }

    /** Whether two neighbouring pictures belong to different shots. */
    boolean isCut(Pair pair) {
        return pair.isCut(sceneCut);
    }
}
