package io.kinolift.topology;

import io.kinolift.engine.StreamPlans;
import io.kinolift.trace.Telemetry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives windows away, and passes on what comes of them, and every other event, in the order of {@code assemble-windows}.
 * Events of that node have the stream's id as their key; outcomes have the {@link Ticket} that their window went away
 * with.
 *
 * <p>What is due goes on at once, and is in no store. The rest waits. While much of an input partition waits, no more of it
 * is read, so what can wait is bounded.
 */
final class Resequence implements Processor<Object, StreamEvent, Object, StreamEvent> {
    static final String STORE = "resequence";
    private static final Logger LOG = LoggerFactory.getLogger(Resequence.class);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int NUMBERS_OF_AN_OFFSET = 20;

    private final Spread spread;
    private final int maxBodyBytes;
    private final StreamPlans plans;
    private final InputHold hold;
    private final ThreadLanes threads;
    private final Telemetry<StreamEvent> telemetry;
    private final Map<String, EventQueue> queues = new HashMap<>();
    private ProcessorContext<Object, StreamEvent> context;
    private ResequenceStore store;
    private Lanes lanes;
    /** Windows that are away, and all that waits for them. */
    private int waiting;

    /**
     * @param maxBodyBytes of a row of the store
     * @param plans of the streams, which go with their windows
     */
    Resequence(
            Spread spread,
            int maxBodyBytes,
            StreamPlans plans,
            InputHold hold,
            ThreadLanes threads,
            Telemetry<StreamEvent> telemetry) {
        this.spread = spread;
        this.maxBodyBytes = maxBodyBytes;
        this.plans = plans;
        this.hold = hold;
        this.threads = threads;
        this.telemetry = telemetry;
    }

    @Override
    public void init(ProcessorContext<Object, StreamEvent> context) {
        this.context = context;
        // After a failure that it survives, Kafka Streams begins the same task anew with the same nodes.
        queues.clear();
        waiting = 0;
        store = new ResequenceStore(context.getStateStore(STORE), maxBodyBytes);
        lanes = new Lanes(spread.lanes(), context.taskId().partition(), spread.windowsAhead(), threads.instanceId());
        store.forEach(new Restored());
        holdIfFull();
        context.schedule(CHECK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::sayWhatIsLate);
    }

    /** Queues as an earlier task left them. */
    private final class Restored implements ResequenceStore.Reader {
        private EventQueue.Entry last;

        @Override
        public void event(String streamId, long number, int lane) {
            last = queue(streamId, number).restore(number, lane, context.currentSystemTimeMs());
            waiting++;
            if (last.isWindow()) {
                lanes.take(lane, steadyMillis());
            }
        }

        @Override
        public void outcome(boolean isLast) {
            last.store(isLast);
            if (isLast) {
                lanes.give(last.lane());
            }
        }
    }

    @Override
    public void process(Record<Object, StreamEvent> record) {
        if (record.key() instanceof Ticket ticket) {
            outcome(ticket, record);
        } else {
            event((String) record.key(), record);
        }
    }

    private void event(String streamId, Record<Object, StreamEvent> record) {
        switch (record.value()) {
            case StreamEvent.WindowReady ready -> giveAway(streamId, ready, record);
            // Nothing is cached here.
            case StreamEvent.StreamIdle _ -> {}
            default -> {
                EventQueue queue = queues.get(streamId);
                if (queue == null) {
                    pass(streamId, timed(record));
                } else {
                    long number = queue.add(EventQueue.NO_WINDOW, context.currentSystemTimeMs())
                            .number();
                    store.putEvent(streamId, number, timed(record));
                    waiting++;
                    holdIfFull();
                }
            }
        }
    }

    private void giveAway(String streamId, StreamEvent.WindowReady ready, Record<Object, StreamEvent> record) {
        telemetry.probe().told(ready);
        boolean fits = StreamEventBytes.windowBytes(ready.window()) <= spread.maxWindowBytes();
        int lane = fits ? lanes.soonest(threads.avoided(), threads.all(), steadyMillis()) : Ticket.IN_PLACE;
        long number = queue(streamId, firstNumber(ready))
                .add(lane, context.currentSystemTimeMs())
                .number();
        store.putWindow(streamId, number, lane);
        lanes.take(lane, steadyMillis());
        waiting++;
        holdIfFull();
        context.forward(
                record.withKey(new Ticket(streamId, number, lane)).withHeaders(WindowFingerprint.of(streamId, plans)),
                fits ? UpscaleTopology.WINDOWS_SINK : UpscaleTopology.UPSCALE_IN_PLACE);
    }

    private void outcome(Ticket ticket, Record<Object, StreamEvent> record) {
        EventQueue queue = queues.get(ticket.streamId());
        EventQueue.Entry entry = queue == null ? null : queue.find(ticket.number());
        if (entry == null) {
            throw new IllegalStateException("resequence: expected no outcome of window " + ticket.number()
                    + " of stream "
                    + ticket.streamId() + ", found one: rows of the store are lost, and with them the order of frames."
                    + " Start over with: kinolift reset");
        }
        boolean isLast = record.value() instanceof StreamEvent.WindowSettled;
        if (isLast) {
            lanes.give(entry.lane(), InstanceHeader.of(record.headers()), steadyMillis());
        }
        if (!queue.isFirst(entry)) {
            store.putOutcome(ticket.streamId(), ticket.number(), entry.store(isLast), isLast, timed(record));
            return;
        }
        pass(ticket.streamId(), timed(record));
        if (isLast) {
            removeWindow(ticket.streamId(), queue);
            passDue(ticket.streamId(), queue);
            holdIfFull();
        }
    }

    /** Speed is measured by a clock that nobody sets. */
    private static long steadyMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** What waited for a window only that has gone on now. */
    private void passDue(String streamId, EventQueue queue) {
        while (!queue.isEmpty()) {
            EventQueue.Entry first = queue.first();
            if (!first.isWindow()) {
                pass(streamId, store.take(streamId, first.number(), 0));
                removeFirst(queue);
                continue;
            }
            for (int part = 1; part <= first.stored(); part++) {
                pass(streamId, store.take(streamId, first.number(), part));
            }
            first.passed();
            if (!first.isSettled()) {
                return;
            }
            removeWindow(streamId, queue);
        }
        queues.remove(streamId);
    }

    private void removeWindow(String streamId, EventQueue queue) {
        store.deleteWindow(streamId, queue.first().number());
        removeFirst(queue);
    }

    private void removeFirst(EventQueue queue) {
        queue.removeFirst();
        waiting--;
    }

    private EventQueue queue(String streamId, long firstNumber) {
        return queues.computeIfAbsent(streamId, _ -> new EventQueue(firstNumber));
    }

    /** Numbers of a queue follow each other; those of a later queue of the stream are higher, as offsets are. */
    private static long firstNumber(StreamEvent.WindowReady ready) {
        return Math.max(0, ready.tally().offset()) << NUMBERS_OF_AN_OFFSET;
    }

    private void pass(String streamId, ResequenceStore.Timed timed) {
        context.forward(new Record<>(streamId, timed.event(), timed.timestamp()), UpscaleTopology.ACCOUNT);
    }

    private static ResequenceStore.Timed timed(Record<Object, StreamEvent> record) {
        return new ResequenceStore.Timed(record.value(), record.timestamp());
    }

    private void holdIfFull() {
        hold.set(context.taskId().partition(), waiting >= spread.windowsAhead());
        telemetry.probe().away(context.taskId().partition(), waiting);
    }

    private void sayWhatIsLate(long nowMillis) {
        queues.forEach((streamId, queue) -> {
            EventQueue.Entry first = queue.first();
            if (first.isNewlyLate(nowMillis, LONG.toMillis())) {
                LOG.warn(
                        "stream {}: a window has been away for more than {} s, and {} events wait for it. It is {}",
                        streamId,
                        LONG.toSeconds(),
                        queue.size() - 1,
                        place(first.lane()));
            }
        });
    }

    private String place(int lane) {
        return lane == Ticket.IN_PLACE
                ? "on its way back in " + spread.outcomesTopic()
                : "in partition " + lane + " of " + spread.windowsTopic() + ", or on its way back in "
                        + spread.outcomesTopic() + ": expected an instance that is assigned that partition. If one of"
                        + " these topics was deleted, it is lost, and the stream ends only with: kinolift reset";
    }

    @Override
    public void close() {
        if (context != null) {
            hold.set(context.taskId().partition(), false);
            telemetry.probe().away(context.taskId().partition(), 0);
        }
    }
}
