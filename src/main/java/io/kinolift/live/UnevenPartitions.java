package io.kinolift.live;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * A fact worth knowing: instances and stream threads take whole partitions, so streams that crowd one share what a single
 * thread can do, however many there are.
 */
final class UnevenPartitions {
    /** With a smaller difference, moving a stream gains nothing. */
    private static final int DIFFERENCE = 2;

    private UnevenPartitions() {}

    /**
     * One line with a hint, if it matters.
     *
     * @param assigned the partitions of this instance
     * @param streams open streams of partitions; those without are left out
     */
    static Optional<String> line(Collection<Integer> assigned, Map<Integer, Integer> streams) {
        Comparator<Integer> byStreams =
                Comparator.comparingInt((Integer partition) -> streams.getOrDefault(partition, 0));
        Optional<Integer> fullest = assigned.stream().max(byStreams.thenComparing(Comparator.reverseOrder()));
        Optional<Integer> emptiest = assigned.stream().min(byStreams.thenComparing(Comparator.naturalOrder()));
        if (fullest.isEmpty()) {
            return Optional.empty();
        }
        int most = streams.getOrDefault(fullest.get(), 0);
        int fewest = streams.getOrDefault(emptiest.get(), 0);
        return most - fewest < DIFFERENCE
                ? Optional.empty()
                : Optional.of("open streams are uneven here: " + most + " on partition " + fullest.get() + ", " + fewest
                        + " on partition " + emptiest.get()
                        + ". A partition is never shared out, so more threads and instances do not help the fullest"
                        + " one. To move a stream, end it and send it with ingest --partition");
    }
}
