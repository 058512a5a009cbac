package io.kinolift.live;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.topology.StreamEvent;
import io.kinolift.trace.Probe;
import io.kinolift.wire.Rejection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last dead letters of this process, with payloads as long as they fit into a few megabytes. */
public final class RecentDeadLetters implements Probe<StreamEvent> {
    private static final int MAX_LETTERS = 60;
    private static final long MAX_BYTES = 16L << 20;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long count;

    /** @param number counts from 1 since the start of the process */
    private record Entry(long number, long atMillis, Rejection rejection) {
        boolean hasPayload() {
            return rejection.frame() != null && rejection.frame().payload().hasRemaining();
        }

        /** The bytes that it keeps in memory: its own record, and the record that it came in. */
        long bytes() {
            return (long) rejection.value().length
                    + (hasPayload() ? rejection.frame().payload().array().length : 0);
        }
    }

    /**
     * @param sequence -1 where unknown
     * @param codec empty where unknown
     * @param picture whether there is a payload to look at
     */
    record Summary(
            long number,
            long atMillis,
            String stream,
            long sequence,
            String codec,
            String reason,
            String detail,
            String topic,
            int partition,
            long offset,
            boolean picture) {}

    @Override
    public synchronized void told(StreamEvent event) {
        if (event instanceof StreamEvent.FrameRejected rejected) {
            entries.addFirst(new Entry(++count, System.currentTimeMillis(), rejected.rejection()));
            while (entries.size() > MAX_LETTERS || (entries.size() > 1 && bytes() > MAX_BYTES)) {
                entries.removeLast();
            }
        }
    }

    private long bytes() {
        return entries.stream().mapToLong(Entry::bytes).sum();
    }

    /** The latest first. */
    synchronized List<Summary> summaries() {
        return entries.stream().map(RecentDeadLetters::summary).toList();
    }

    private static Summary summary(Entry entry) {
        Rejection rejection = entry.rejection();
        EncodedFrame frame = rejection.frame();
        return new Summary(
                entry.number(),
                entry.atMillis(),
                rejection.streamId(),
                frame == null ? -1 : frame.sequence(),
                frame == null ? "" : frame.format().codec().name(),
                rejection.reason().name(),
                rejection.detail(),
                rejection.topic(),
                rejection.partition(),
                rejection.offset(),
                entry.hasPayload());
    }

    synchronized Optional<EncodedFrame> frame(long number) {
        return entries.stream()
                .filter(entry -> entry.number() == number)
                .findAny()
                .map(entry -> entry.rejection().frame());
    }

    synchronized Optional<Summary> find(long number) {
        return summaries().stream()
                .filter(summary -> summary.number() == number)
                .findAny();
    }
}
