package io.kinolift.topology;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.engine.DecodeGuard;
import io.kinolift.engine.WindowUpscaler;
import io.kinolift.trace.Telemetry;
import io.kinolift.window.FrameWindow;
import io.kinolift.wire.Rejection;
import io.kinolift.wire.WrittenFrame;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes the outputs of each window and tells of them in order; passes on every other event.
 *
 * @param <K> key of a window, and of everything that comes of it
 */
final class Upscale<K> implements Processor<K, StreamEvent, K, StreamEvent> {
    private final TopologySettings settings;
    private final Telemetry<StreamEvent> telemetry;
    private final DecodeGuard guard;
    private final Optional<String> instanceId;
    private WindowUpscaler<WrittenFrame> upscaler;
    private ProcessorContext<K, StreamEvent> context;

    /**
     * @param instanceId of this instance among those that share windows, to which it adds its outcomes; empty if all
     *     windows of a stream come here: then pictures of one help with the next, and this is where windows are told of
     */
    Upscale(
            TopologySettings settings,
            Telemetry<StreamEvent> telemetry,
            DecodeGuard guard,
            Optional<String> instanceId) {
        this.settings = settings;
        this.telemetry = telemetry;
        this.guard = guard;
        this.instanceId = instanceId;
    }

    @Override
    public void init(ProcessorContext<K, StreamEvent> context) {
        this.context = context;
        upscaler = new WindowUpscaler<>(
                settings.engine(), new OutputRecords(settings.output(), settings.maxRecordBytes()), telemetry, guard);
    }

    @Override
    public void process(Record<K, StreamEvent> record) {
        switch (record.value()) {
            case StreamEvent.WindowReady ready -> upscale(record, ready);
            case StreamEvent.StreamIdle idle -> upscaler.rest(idle.tally().streamId());
            case StreamEvent.StreamExpired expired -> {
                upscaler.forget(expired.tally().streamId());
                context.forward(record);
            }
            case StreamEvent.StreamEnded ended -> {
                upscaler.forget(ended.tally().streamId());
                context.forward(record);
            }
            default -> context.forward(record);
        }
    }

    private void upscale(Record<K, StreamEvent> record, StreamEvent.WindowReady ready) {
        FrameWindow window = ready.window();
        if (instanceId.isEmpty()) {
            telemetry.probe().told(ready);
        } else {
            requireSameSettings(record, window);
        }
        Set<Long> rejected = new HashSet<>();
        AtomicLong repeats = new AtomicLong();
        upscaler.upscale(window, new WindowUpscaler.Results<>() {
            @Override
            public void output(WrittenFrame output, String trace) {
                context.forward(record.withValue(new StreamEvent.FrameUpscaled(ready.tally(), output, trace)));
            }

            @Override
            public void missing(boolean surplus) {
                context.forward(record.withValue(new StreamEvent.OutputMissing(ready.tally(), surplus)));
            }

            @Override
            public void repeats(long count) {
                repeats.set(count);
            }

            @Override
            public void rejected(long index, FrameCodecException failure) {
                long place = window.segmentStart() + index;
                if (!window.at(index).isFilled() && rejected.add(place)) {
                    Rejection rejection =
                            Rejection.of(window.at(index), settings.input().value(window.at(index)), failure);
                    context.forward(record.withValue(new StreamEvent.FrameRejected(ready.tally(), rejection, place)));
                }
            }
        });
        Record<K, StreamEvent> settled = record.withValue(new StreamEvent.WindowSettled(
                ready.tally(),
                window.segmentStart() + window.coreFrom(),
                window.segmentStart() + window.coreTo(),
                window.receivedInCore(),
                rejected,
                repeats.get()));
        if (instanceId.isEmpty()) {
            context.forward(settled);
        } else {
            context.forward(settled.withHeaders(InstanceHeader.with(settled.headers(), instanceId.get())));
            upscaler.rest(window.streamId());
        }
    }

    private void requireSameSettings(Record<K, StreamEvent> record, FrameWindow window) {
        if (!WindowFingerprint.fit(
                record.headers(), window.streamId(), settings.engine().plans())) {
            throw new IllegalStateException("expected the same settings on all instances, found a window of stream "
                    + window.streamId() + " that another one has cut for other ones than this one has");
        }
    }

    @Override
    public void close() {
        if (upscaler != null) {
            upscaler.close();
        }
    }
}
