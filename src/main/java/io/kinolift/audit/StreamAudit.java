package io.kinolift.audit;

import io.kinolift.avro.Account;
import io.kinolift.avro.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The records of one stream in the four topics, and whether they agree. Filled by {@link Audit}. */
final class StreamAudit {
    private final String streamId;
    /** The newest account of each session in each partition, before anything else was read. */
    final Map<Place, Account> accounts = new TreeMap<>();
    /** The same after everything was read; it counts more if the application has gone on. */
    final Map<Place, Account> later = new TreeMap<>();

    final Map<Long, SequenceTrail> trails = new TreeMap<>();
    final Map<Long, Long> inputEnds = new TreeMap<>();
    final TreeSet<Integer> partitions = new TreeSet<>();
    final PartitionTrail places = new PartitionTrail();
    /** Where the newest account of each place was read in the topic of accounts. */
    private final Map<Place, Integer> readAt = new TreeMap<>();
    /** Frame records up to the stated offset, and those behind it. */
    long inputRecords;

    long inputPending;
    long letters;
    boolean inputDeleted;
    boolean lettersDeleted;
    boolean outputDeleted;

    StreamAudit(String streamId) {
        this.streamId = streamId;
    }

    /** The subject of one account. */
    record Place(long session, int partition) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = Long.compare(session, other.session);
            return order == 0 ? Integer.compare(partition, other.partition) : order;
        }
    }

    /**
     * Keeps an account, unless there is a newer one of the same place. Accounts of a place are in order; only if their
     * topic got more partitions, the offset in the frames topic decides.
     *
     * @param partition of the topic of accounts
     */
    void put(Map<Place, Account> known, Account account, int partition) {
        partitions.add(account.getSourcePartition());
        Place place = new Place(account.getSession(), account.getSourcePartition());
        Account before = known.get(place);
        if (before == null || readAt.get(place) == partition || account.getSourceOffset() >= before.getSourceOffset()) {
            known.put(place, account);
            readAt.put(place, partition);
        }
    }

    /** The offset up to which the accounts count; -1 if there are none. */
    long offset(int partition) {
        return accounts.values().stream()
                .filter(account -> account.getSourcePartition() == partition)
                .mapToLong(Account::getSourceOffset)
                .max()
                .orElse(-1);
    }

    SequenceTrail trail(long session) {
        return trails.computeIfAbsent(session, _ -> new SequenceTrail());
    }

    /** The findings; empty if everything agrees. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!places.isOrdered() && !streamId.isEmpty()) {
            problems.add("its key is on partitions " + partitions + ", so its order is not kept");
        }
        if (accounts.isEmpty() && (!trails.isEmpty() || letters > 0)) {
            problems.add("expected an account, found none");
        }
        accounts.forEach((place, account) -> {
            Totals totals = account.getTotals();
            if (totals.getReceived() != explained(totals)) {
                problems.add("session " + place.session() + ": received " + totals.getReceived()
                        + ", but upscaled + dead-lettered + dropped + held is " + explained(totals));
            }
        });
        trails.forEach((session, trail) -> {
            trail.problems().forEach(text -> problems.add("session " + session + ": " + text));
            if (trail.faults() > trail.problems().size()) {
                problems.add("session " + session + ": " + trail.faults() + " such faults in all");
            }
            if (!outputDeleted) {
                compare(
                        problems,
                        "session " + session + ": output frames",
                        trail.emitted(),
                        emitted(accounts, session),
                        emitted(later, session));
            }
        });
        if (!inputDeleted) {
            long received = received(accounts);
            compare(problems, "frame records up to " + offsets(), inputRecords, received, received);
        }
        if (!lettersDeleted) {
            compare(problems, "dead letters", letters, deadLettered(accounts), deadLettered(later));
        }
        return problems;
    }

    private static void compare(List<String> problems, String what, long found, long least, long most) {
        if (found < least || found > most) {
            problems.add(what + ": the accounts say " + (least == most ? least : least + " to " + most)
                    + ", the topic holds " + found);
        }
    }

    /** The equation with its numbers. */
    String summary() {
        Map<String, Long> dropped = new TreeMap<>();
        accounts.values()
                .forEach(account -> account.getTotals()
                        .getDropped()
                        .forEach((policy, count) -> dropped.merge(policy, count, Long::sum)));
        long upscaled = accounts.values().stream()
                .mapToLong(account -> account.getTotals().getUpscaled())
                .sum();
        long emitted = accounts.values().stream()
                .mapToLong(account -> account.getTotals().getEmitted())
                .sum();
        return "stream \"" + streamId + "\" at " + offsets() + ": received "
                + received(accounts) + " = upscaled " + upscaled + " + dead-lettered " + deadLettered(accounts)
                + " + dropped " + (dropped.isEmpty() ? "none" : dropped) + " + held " + held() + "; emitted " + emitted
                + (incidents().isEmpty() ? "" : "; " + incidents())
                + (inputPending > 0 ? "; not yet accounted for " + inputPending : "")
                + (inputDeleted ? "; input before the audit was deleted, so received is not proven" : "");
    }

    /** The partitions that the stream went through, one line per move. */
    List<String> moves() {
        return places.moves().stream()
                .map(move -> {
                    Account left = accounts.get(new Place(move.session(), move.from()));
                    long held = left == null ? 0 : left.getTotals().getHeld();
                    return move
                            + (held == 0
                                    ? ""
                                    : "; partition " + move.from() + " holds " + held
                                            + (held == 1 ? " frame" : " frames") + " until the stream ends there");
                })
                .toList();
    }

    private Map<String, Long> incidents() {
        Map<String, Long> incidents = new TreeMap<>();
        accounts.values()
                .forEach(account -> account.getIncidents()
                        .forEach((incident, count) -> incidents.merge(incident, count, Long::sum)));
        return incidents;
    }

    long held() {
        return accounts.values().stream()
                .mapToLong(account -> account.getTotals().getHeld())
                .sum();
    }

    /** The offset up to which the accounts count. */
    private String offsets() {
        return accounts.isEmpty()
                ? "no offset"
                : accounts.keySet().stream()
                        .map(Place::partition)
                        .distinct()
                        .sorted()
                        .map(partition -> "offset " + offset(partition) + " of partition " + partition)
                        .collect(Collectors.joining(" and "));
    }

    private static long explained(Totals totals) {
        return totals.getUpscaled()
                + totals.getDeadLettered()
                + totals.getHeld()
                + totals.getDropped().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }

    static long received(Map<Place, Account> accounts) {
        return accounts.values().stream()
                .mapToLong(account -> account.getTotals().getReceived())
                .sum();
    }

    private static long deadLettered(Map<Place, Account> accounts) {
        return accounts.values().stream()
                .mapToLong(account -> account.getTotals().getDeadLettered())
                .sum();
    }

    private static long emitted(Map<Place, Account> accounts, long session) {
        return accounts.values().stream()
                .filter(account -> account.getSession() == session)
                .mapToLong(account -> account.getTotals().getEmitted())
                .sum();
    }
}
