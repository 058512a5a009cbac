package io.kinolift.motion.truth;

import io.kinolift.frame.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pictures of a scene.
 *
 * @param inputs at times 0, 1, 2
 * @param fifths the truth that factor 2.5 makes between them
 * @param quarters the truth that factor 4 makes between the first two
 */
record Shots(Scene scene, List<Picture> inputs, List<Picture> fifths, List<Picture> quarters) {
    /** Fifths of the time between two inputs at which factor 2.5 has a frame and the inputs have none. */
    static final int[] FIFTHS = {2, 4, 6, 8};

    static Shots of(Scene scene) {
        return new Shots(
                scene,
                IntStream.range(0, 3).mapToObj(i -> Truth.at(scene, i)).toList(),
                Arrays.stream(FIFTHS).mapToObj(i -> Truth.at(scene, i / 5.0)).toList(),
                IntStream.range(1, 4).mapToObj(i -> Truth.at(scene, i / 4.0)).toList());
    }
}
