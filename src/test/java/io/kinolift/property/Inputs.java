package io.kinolift.property;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The inputs of one try: the same seed gives the same ones, asked for in the same order. */
public final class Inputs {
    /** One in so many numbers is an extreme one. */
    private static final int EXTREMES = 4;

    private final SplittableRandom random;
    private final Map<String, Object> drawn = new LinkedHashMap<>();

    Inputs(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Both ends included; they, their neighbours, and those of 0 come often. */
    public int between(String name, int low, int high) {
        return noted(name, number(low, high));
    }

    /** The first and the last come often. */
    public <T> T oneOf(String name, List<T> values) {
        return noted(name, values.get(number(0, values.size() - 1)));
    }

    public boolean flag(String name) {
        return noted(name, random.nextBoolean());
    }

    /** A source of more, where inputs depend on one another. */
    public Random random() {
        return new Random(random.nextLong());
    }

    private int number(int low, int high) {
        if (random.nextInt(EXTREMES) > 0) {
            return random.nextInt(low, high + 1);
        }
        int[] extremes = IntStream.of(low, low + 1, -1, 0, 1, high - 1, high)
                .filter(each -> each >= low && each <= high)
                .toArray();
        return extremes[random.nextInt(extremes.length)];
    }

    private <T> T noted(String name, T value) {
        drawn.put(name, value);
        return value;
    }

    /** What has been drawn so far, by name. */
    @Override
    public String toString() {
        return drawn.toString();
    }
}
