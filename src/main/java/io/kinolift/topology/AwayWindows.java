package io.kinolift.topology;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Windows that are away, by the changelog of {@code resequence}. Each of them must be in the topic of windows or in that of
 * outcomes. If it is in neither, it is lost.
 */
public final class AwayWindows {
    private final Set<ResequenceStore.Place> windows = new HashSet<>();
    private final Set<ResequenceStore.Place> settled = new HashSet<>();
    private final Set<ResequenceStore.Place> found = new HashSet<>();

    /** A record of the changelog; in their order. */
    public void row(byte[] key, byte[] row) {
        ResequenceStore.Place place = ResequenceStore.place(key);
        if (place == null) {
            return;
        }
        if (row == null) {
            (ResequenceStore.isFirst(key) ? windows : settled).remove(place);
        } else if (ResequenceStore.isWindow(row)) {
            windows.add(place);
        } else if (ResequenceStore.isLastOutcome(row)) {
            settled.add(place);
        }
    }

    /** A record between instances that has yet to be read. */
    public void found(byte[] key) {
        Ticket ticket = Ticket.read(key);
        found.add(new ResequenceStore.Place(ticket.streamId(), ticket.number()));
    }

    public boolean isEmpty() {
        return windows.stream().allMatch(settled::contains);
    }

    /** The streams with windows that are in no topic, in order. */
    public List<String> lost() {
        return windows.stream()
                .filter(window -> !settled.contains(window) && !found.contains(window))
                .map(ResequenceStore.Place::streamId)
                .distinct()
                .sorted()
                .toList();
    }

    /** Leaves out what has come back in the meantime. */
    public List<String> lost(AwayWindows later) {
        windows.retainAll(later.windows);
        settled.addAll(later.settled);
        return lost();
    }
}
