package io.kinolift.topology;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Counts everything that leaves and sends it where it belongs, the counts along with it. */
final class AccountFrames implements Processor<String, StreamEvent, byte[], byte[]> {
    static final String STORE = "accounts";

    private final DeadLetters deadLetters;
    private final Stages stages;
    private ProcessorContext<byte[], byte[]> context;
    private AccountStore store;

    AccountFrames(TopologySettings settings, Stages stages) {
        this.stages = stages;
        this.deadLetters = new DeadLetters(settings.maxRecordBytes());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.store = new AccountStore(context.getStateStore(STORE));
    }

    @Override
    public void process(Record<String, StreamEvent> record) {
        Tally tally = record.value().tally();
        stages.probe().told(record.value());
        String id = AccountStore.id(tally);
        AccountStore.Row row = store.get(id);
        switch (record.value()) {
            case StreamEvent.FrameUpscaled upscaled -> {
                row.emitted++;
                send(record, tally.streamId(), upscaled.record(), UpscaleTopology.UPSCALED_SINK);
            }
            case StreamEvent.FrameRejected rejected -> reject(record, row, rejected);
            case StreamEvent.WindowSettled settled -> settle(row, settled);
            case StreamEvent.StreamEnded end -> {
                byte[] bytes = FrameRecords.writeEnd(
                        tally.streamId(), tally.session(), end.sequence(), row.account(tally, true).getTotals());
                send(record, tally.streamId(), bytes, UpscaleTopology.UPSCALED_SINK);
            }
            case StreamEvent.FrameDropped _ -> { }
            case StreamEvent.WindowReady _ -> throw new IllegalStateException("account: a window was not upscaled");
        }
        byte[] account = store.put(id, row, row.account(tally, record.value() instanceof StreamEvent.StreamEnded));
        if (isBalanced(record.value())) {
            send(record, id, account, UpscaleTopology.ACCOUNTS_SINK);
        }
    }

    /** Until a window is settled, its frames are neither held nor upscaled. */
    private static boolean isBalanced(StreamEvent event) {
        return switch (event) {
            case StreamEvent.FrameUpscaled _ -> false;
            case StreamEvent.FrameRejected rejected -> !rejected.inWindow();
            default -> true;
        };
    }

    private void reject(Record<String, StreamEvent> record, AccountStore.Row row, StreamEvent.FrameRejected rejected) {
        Rejection rejection = rejected.rejection();
        if (rejected.inWindow() && rejection.frame().sequence() == row.rejectedAhead) {
            return;
        }
        row.deadLettered++;
        send(record, rejection.streamId(), deadLetters.write(rejection), UpscaleTopology.DEAD_LETTERS_SINK);
    }

    /** A frame whose outputs go out in two windows may have been rejected with the first, and is settled by the second. */
    private static void settle(AccountStore.Row row, StreamEvent.WindowSettled settled) {
        Set<Long> rejected = new HashSet<>(settled.rejected());
        if (row.rejectedAhead != AccountStore.NONE) {
            rejected.add(row.rejectedAhead);
        }
        row.rejectedAhead = rejected.stream().filter(sequence -> sequence >= settled.coreTo()).findAny()
                .orElse(AccountStore.NONE);
        rejected.removeIf(sequence -> sequence < settled.coreFrom() || sequence >= settled.coreTo());
        row.upscaled += settled.coreTo() - settled.coreFrom() - rejected.size();
    }

    private void send(Record<String, StreamEvent> record, String key, byte[] value, String sink) {
        context.forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), value, record.timestamp()), sink);
    }
}
