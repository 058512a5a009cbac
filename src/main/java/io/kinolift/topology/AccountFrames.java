package io.kinolift.topology;

import io.kinolift.trace.Telemetry;
import io.kinolift.wire.DeadLetters;
import io.kinolift.wire.Rejection;
import io.kinolift.wire.output.OutputFormat;
import io.kinolift.wire.output.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Counts everything that leaves, and sends it to its topic with the counts. The output after a missing one is marked as
 * a discontinuity here, because only this node knows both if they were in different windows.
 */
final class AccountFrames implements Processor<String, StreamEvent, OutputKey, byte[]> {
    static final String STORE = "accounts";
    private static final long LEAST_COMMIT_INTERVAL_MILLIS = 100;

    private final OutputFormat output;
    private final DeadLetters deadLetters;
    private final Telemetry<StreamEvent> telemetry;
    private ProcessorContext<OutputKey, byte[]> context;
    private AccountStore store;
    /** When a commit was asked for last. */
    private long askedMillis;

    AccountFrames(TopologySettings settings, Telemetry<StreamEvent> telemetry) {
        this.telemetry = telemetry;
        this.output = settings.output();
        this.deadLetters = new DeadLetters(settings.maxRecordBytes());
    }

    @Override
    public void init(ProcessorContext<OutputKey, byte[]> context) {
        this.context = context;
        this.store = new AccountStore(context.getStateStore(STORE));
    }

    @Override
    public void process(Record<String, StreamEvent> record) {
        Tally tally = record.value().tally();
        telemetry.probe().told(record.value());
        if (record.value() instanceof StreamEvent.StreamExpired) {
            forget(record, tally);
            return;
        }
        AccountRow row = store.get(AccountStore.id(tally));
        apply(record, tally, row);
        byte[] account = store.put(row.account(tally, record.value() instanceof StreamEvent.StreamEnded), row);
        if (isBalanced(record.value())) {
            send(record, key(AccountStore.id(tally), tally), account, UpscaleTopology.ACCOUNTS_SINK);
        }
    }

    private void apply(Record<String, StreamEvent> record, Tally tally, AccountRow row) {
        switch (record.value()) {
            case StreamEvent.FrameUpscaled upscaled -> emit(record, row, upscaled);
            case StreamEvent.OutputMissing missing -> {
                row.afterHole = true;
                row.surplus += missing.surplus() ? 1 : 0;
            }
            case StreamEvent.FrameRejected rejected -> reject(record, row, rejected);
            case StreamEvent.WindowSettled settled -> settle(row, settled);
            case StreamEvent.StreamEnded end -> {
                row.afterHole = false;
                send(record, output.end(row.account(tally, true), end.outputs(), end.key()), null);
                askForCommit();
            }
            case StreamEvent.FrameDropped _, StreamEvent.Counted _ -> {}
            case StreamEvent.WindowReady _, StreamEvent.StreamIdle _, StreamEvent.StreamExpired _ ->
                throw new IllegalStateException(
                        "account: expected no " + record.value().getClass().getSimpleName());
        }
    }

    /**
     * Readers that wait for the end of a stream then need not wait for the next regular commit. Not asked for more
     * often than commits are by default, so that the ends of many streams share commits.
     */
    private void askForCommit() {
        long now = context.currentSystemTimeMs();
        if (now - askedMillis >= LEAST_COMMIT_INTERVAL_MILLIS) {
            askedMillis = now;
            context.commit();
        }
    }

    /** Until a window is settled, its frames are neither held nor upscaled. */
    private static boolean isBalanced(StreamEvent event) {
        return switch (event) {
            case StreamEvent.FrameUpscaled _, StreamEvent.OutputMissing _ -> false;
            case StreamEvent.FrameRejected rejected -> !rejected.inWindow();
            default -> true;
        };
    }

    private void emit(Record<String, StreamEvent> record, AccountRow row, StreamEvent.FrameUpscaled upscaled) {
        boolean afterHole = row.afterHole;
        row.afterHole = false;
        row.emitted++;
        send(record, output.record(upscaled.output(), afterHole), upscaled.trace());
    }

    private void reject(Record<String, StreamEvent> record, AccountRow row, StreamEvent.FrameRejected rejected) {
        Rejection rejection = rejected.rejection();
        if (rejected.inWindow() && rejected.place() == row.rejectedAhead) {
            return;
        }
        row.deadLettered++;
        send(
                record,
                rejection.streamId(),
                deadLetters.write(rejection),
                rejection.trace(),
                UpscaleTopology.DEAD_LETTERS_SINK);
    }

    /** A frame whose outputs go out in two windows may have been rejected with the first, and is settled by the second. */
    private static void settle(AccountRow row, StreamEvent.WindowSettled settled) {
        Set<Long> rejected = new HashSet<>(settled.rejected());
        if (row.rejectedAhead != AccountRow.NONE) {
            rejected.add(row.rejectedAhead);
        }
        row.rejectedAhead = rejected.stream()
                .filter(sequence -> sequence >= settled.coreTo())
                .findAny()
                .orElse(AccountRow.NONE);
        rejected.removeIf(sequence -> sequence < settled.coreFrom() || sequence >= settled.coreTo());
        row.upscaled += settled.received() - rejected.size();
        row.repeats += settled.repeats();
    }

    /** Accounts of an expired stream leave the topic too. */
    private void forget(Record<String, StreamEvent> record, Tally tally) {
        for (String id : store.ids(tally.streamId())) {
            store.delete(id);
            send(record, key(id, tally), null, UpscaleTopology.ACCOUNTS_SINK);
        }
    }

    /** A record key on two partitions has two accounts, and neither may replace the other. */
    private static String key(String accountId, Tally tally) {
        return accountId + "/" + tally.partition();
    }

    /** @param trace the span it belongs to, as text; null for none */
    private void send(Record<String, StreamEvent> record, OutputRecord output, String trace) {
        long timestamp = output.timestampMillis() < 0 ? record.timestamp() : output.timestampMillis();
        Headers headers = RecordHeaders.of(output.headers());
        TraceHeaders.of(trace).forEach(headers::add);
        OutputKey key = this.output.isPartitionedByKey()
                ? OutputKey.of(output.key())
                : new OutputKey(output.key(), context.taskId().partition());
        context.forward(new Record<>(key, output.value(), timestamp, headers), UpscaleTopology.UPSCALED_SINK);
    }

    private void send(Record<String, StreamEvent> record, String key, byte[] value, String sink) {
        send(record, key, value, null, sink);
    }

    /** @param trace the span it belongs to, as text; null for none */
    private void send(Record<String, StreamEvent> record, String key, byte[] value, String trace, String sink) {
        context.forward(new Record<>(OutputKey.of(key(key)), value, record.timestamp(), TraceHeaders.of(trace)), sink);
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
