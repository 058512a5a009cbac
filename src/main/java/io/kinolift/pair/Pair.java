package io.kinolift.pair;

import io.kinolift.frame.Picture;

/**
 * Facts about two neighbouring pictures of a stream: a function of the two alone.
 *
 * @param sceneDistance difference in looks, see {@link SceneSignature}: 0 for equal pictures, about 1 for unrelated
 *     ones
 */
public record Pair(double sceneDistance) {
    /** Compares two pictures of one format and size. */
    public static Pair of(Picture before, Picture after) {
        return new Pair(SceneSignature.of(before).distance(SceneSignature.of(after)));
    }

    /**
     * Whether a new scene begins with the second picture.
     *
     * @param threshold the distance from which on it does
     */
    public boolean isCut(double threshold) {
        return sceneDistance > threshold;
    }
}
