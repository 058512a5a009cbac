package io.kinolift.weights;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whole numbers as time,height,width: how settings, options and metadata write what differs by axis. */
public final class AxisNumbers {
    private AxisNumbers() {}

    /** One number or three; empty for any other text. */
    public static Optional<int[]> parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 1 && parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(Arrays.stream(parts)
                    .map(String::strip)
                    .mapToInt(Integer::parseInt)
                    .toArray());
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** Three numbers, or one that stands for all three; empty for any other text. */
    public static Optional<int[]> three(String text) {
        return parse(text)
                .map(numbers -> numbers.length == 3 ? numbers : new int[] {numbers[0], numbers[0], numbers[0]});
    }

    /** As a user writes them. */
    public static String text(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }
}
