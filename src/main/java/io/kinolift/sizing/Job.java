package io.kinolift.sizing;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Rational;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is done to each stream. Figures hold for one job only: nothing is carried from one size or codec to another.
 *
 * @param operator an operator or a preset
 * @param window core frames of a window
 * @param commitMillis time between two commits
 * @param settings of Kinolift, besides these
 */
public record Job(
        VideoShape input,
        VideoShape output,
        Codec inputCodec,
        Codec outputCodec,
        String operator,
        int window,
        long commitMillis,
        Map<String, String> settings) {
    /** @throws IllegalArgumentException if outputs are fewer or smaller than inputs, or a number is out of range */
    public Job {
        settings = Map.copyOf(settings);
        if (output.width() < input.width()
                || output.height() < input.height()
                || output.rate().compareTo(input.rate()) < 0) {
            throw new IllegalArgumentException(
                    "expected an output at least as large and as fast as " + input + ", found " + output);
        }
        if (window < 1 || commitMillis < 1) {
            throw new IllegalArgumentException(
                    "expected a window of at least 1 frame and a commit interval of at least " + "1 ms, found " + window
                            + " frames and " + commitMillis + " ms");
        }
    }

    /** Outputs per input. */
    public Rational factor() {
        return output.rate().divide(input.rate());
    }

    /** The factors in time, height and width, as {@code kinolift.scale.factor} takes them. */
    public String scaleFactor() {
        return factor() + "," + Rational.of(output.height(), input.height()) + ","
                + Rational.of(output.width(), input.width());
    }

    /** Frames beyond a window that its outputs need: a blend needs the next frame. */
    int halo() {
        return factor().equals(Rational.ONE) ? 0 : 1;
    }

    @Override
    public String toString() {
        return input + " " + inputCodec + " to " + output + " " + outputCodec + " by " + operator + ", window " + window
                + ", commits each " + commitMillis + " ms"
                + (settings.isEmpty() ? "" : ", " + new TreeMap<>(settings));
    }
}
