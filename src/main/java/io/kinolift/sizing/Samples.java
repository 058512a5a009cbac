package io.kinolift.sizing;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A measured distribution as the means of equally likely parts, in ascending order. Their mean is the mean of all that was
 * measured.
 *
 * @param parts in seconds
 */
public record Samples(List<Double> parts) {
    private static final int MOST_PARTS = 200;

    /** @throws IllegalArgumentException if there are none, or they are not times in ascending order */
    public Samples {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("expected at least 1 measured time, found none");
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!(parts.get(i) >= (i == 0 ? 0 : parts.get(i - 1)))
                    || parts.get(i).isInfinite()) {
                throw new IllegalArgumentException("expected times of at least 0 s in ascending order, found " + parts);
            }
        }
    }

    /** Of all measured times, in any order. */
    public static Samples of(double... seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        int count = Math.min(MOST_PARTS, sorted.length);
        Double[] parts = new Double[count];
        for (int part = 0; part < count; part++) {
            // Parts are equally likely, so a time at a border belongs to both with its shares.
            double from = (double) part * sorted.length / count;
            double to = (double) (part + 1) * sorted.length / count;
            double sum = 0;
            for (int i = (int) from; i < Math.min(sorted.length, Math.ceil(to)); i++) {
                sum += sorted[i] * (Math.min(to, i + 1) - Math.max(from, i));
            }
            parts[part] = sum / (to - from);
        }
        // Sums of equal times may differ in the last bit.
        Arrays.sort(parts);
        return new Samples(Arrays.asList(parts));
    }

    /** In seconds. */
    public double mean() {
        return parts.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** The seconds that a share of all times stays within. */
    public double quantile(double share) {
        return parts.get(Math.clamp((long) Math.ceil(share * parts.size()) - 1, 0, parts.size() - 1));
    }

    /** All times multiplied. */
    public Samples times(double factor) {
        return new Samples(parts.stream().map(part -> part * factor).toList());
    }

    double draw(RandomGenerator random) {
        return parts.get(random.nextInt(parts.size()));
    }
}
