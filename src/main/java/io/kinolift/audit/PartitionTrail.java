package io.kinolift.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The partitions that the frames of a stream are in. When the frames topic gets more partitions, a key may belong to
 * another one, and a session goes on there: its order is kept if it never comes back.
 */
final class PartitionTrail {
    private final Map<Long, Map<Integer, Range>> sessions = new TreeMap<>();
    private final Set<Integer> unreadable = new TreeSet<>();

    /** The first and the last sequence in a partition. */
    private record Range(int partition, long first, long last) {
        Range and(Range other) {
            return new Range(partition, Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    /** A session that went on in another partition. */
    record Move(long session, int from, long last, int to, long first) {
        @Override
        public String toString() {
            return "session " + session + ": went from partition " + from + " (up to frame " + last + ") to partition "
                    + to + " (from frame " + first + ")";
        }
    }

    void frame(long session, int partition, long sequence) {
        sessions.computeIfAbsent(session, _ -> new TreeMap<>())
                .merge(partition, new Range(partition, sequence, sequence), Range::and);
    }

    /** A record of the stream that is no frame: where it belongs cannot be said. */
    void unreadable(int partition) {
        unreadable.add(partition);
    }

    /** In order. */
    List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        sessions.forEach((session, ranges) -> {
            Range before = null;
            for (Range range : ranges.values().stream()
                    .sorted(Comparator.comparingLong(Range::first))
                    .toList()) {
                if (before != null) {
                    moves.add(new Move(session, before.partition(), before.last(), range.partition(), range.first()));
                }
                before = range;
            }
        });
        return moves;
    }

    /** Whether no session is in two partitions at a time, and nothing else is in a partition without frames. */
    boolean isOrdered() {
        Set<Integer> all = new TreeSet<>(unreadable);
        sessions.values().forEach(ranges -> all.addAll(ranges.keySet()));
        boolean strays = all.size() > 1
                && unreadable.stream()
                        .anyMatch(partition ->
                                sessions.values().stream().noneMatch(ranges -> ranges.containsKey(partition)));
        return !strays && moves().stream().allMatch(move -> move.last() < move.first());
    }
}
