package io.kinolift.topology;

import io.kinolift.wire.AccountRecord;
import java.util.Map;
import java.util.TreeMap;

/** The counts of one session after {@code upscale}; changed by {@link AccountFrames}. */
final class AccountRow {
    static final long NONE = -1;
    /** Outputs that were not made because the next segment began too early for them. */
    static final String SURPLUS_OUTPUT = "SURPLUS_OUTPUT";
    /** Frames that repeat the picture before them, and have other pictures in their place. */
    static final String REPEAT = "REPEAT";

    long upscaled;
    long deadLettered;
    long emitted;
    long surplus;
    long repeats;
    /** A frame that became a dead letter with its first outputs, cut early, while the rest of them is still held. */
    long rejectedAhead = NONE;
    /** Whether the last output is missing. */
    boolean afterHole;

    AccountRecord account(Tally tally, boolean ended) {
        Map<String, Long> dropped = new TreeMap<>();
        tally.dropped().forEach((policy, count) -> dropped.put(policy.name(), count));
        Map<String, Long> incidents = new TreeMap<>();
        tally.incidents().forEach((incident, count) -> incidents.put(incident.name(), count));
        if (surplus > 0) {
            incidents.put(SURPLUS_OUTPUT, surplus);
        }
        if (repeats > 0) {
            incidents.put(REPEAT, repeats);
        }
        long held = tally.held() - (rejectedAhead == NONE ? 0 : 1);
        return new AccountRecord(
                tally.streamId(),
                tally.session(),
                tally.topic(),
                tally.partition(),
                tally.offset(),
                ended,
                tally.received(),
                upscaled,
                deadLettered,
                dropped,
                held,
                tally.filled(),
                emitted,
                incidents);
    }
}
