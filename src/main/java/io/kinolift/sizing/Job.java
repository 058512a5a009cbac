package io.kinolift.sizing;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Rational;
import io.kinolift.settings.OperatorKinds;
import io.kinolift.settings.OperatorSettings;
import io.kinolift.settings.OutputSettings;
import io.kinolift.settings.Presets;
import io.kinolift.settings.WindowingSettings;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is done to each stream. Figures hold for one job only: nothing is carried from one size or codec to another.
 *
 * @param operator an operator or a preset
 * @param window core frames of a window
 * @param commitMillis time between two commits
 * @param settings of Kinolift besides these, by name
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

    /** All settings of Kinolift that an instance has for it. */
    public Map<String, String> all() {
        Map<String, String> all = new TreeMap<>(settings);
        all.putAll(own());
        return all;
    }

    /** Those that follow from the job's other values. */
    public Map<String, String> own() {
        return Map.of(
                Presets.names().contains(operator) ? Presets.PRESET.name() : OperatorKinds.OPERATOR.name(),
                operator,
                OperatorSettings.SCALE_FACTOR.name(),
                scaleFactor(),
                OutputSettings.FRAME_CODEC.name(),
                outputCodec.name().toLowerCase(Locale.ROOT),
                WindowingSettings.WINDOW_SIZE.name(),
                Integer.toString(window));
    }

    @Override
    public String toString() {
        return input + " " + inputCodec + " to " + output + " " + outputCodec + " by " + operator + ", window " + window
                + ", commits each " + commitMillis + " ms"
                + (settings.isEmpty() ? "" : ", " + new TreeMap<>(settings));
    }
}
