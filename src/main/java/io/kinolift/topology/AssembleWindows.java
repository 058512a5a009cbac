package io.kinolift.topology;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.trace.StageSpan;
import io.kinolift.trace.Telemetry;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.InputRecord;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.Rejection;
import io.kinolift.wire.StreamIds;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Parses records, checks their headers, and has the frames of each stream assembled into windows. */
final class AssembleWindows implements Processor<byte[], byte[], String, StreamEvent> {
    static final String STORE = "windows";
    /** Accounts for records without a key, and for those of streams beyond the limit. */
    static final String NO_STREAM = "";

    private static final Duration LONGEST_CHECK_INTERVAL = Duration.ofSeconds(1);
    private static final int LATE_CHECKS = 5;

    private final TopologySettings settings;
    private final Telemetry<StreamEvent> telemetry;
    private final Map<String, OpenStream> streams = new HashMap<>();
    private ProcessorContext<String, StreamEvent> context;
    private WindowStore store;
    private long longestStepMillis;
    private long lastCheckMillis;
    /** A clock that runs while this task looks for records, and stops while a window takes long. */
    private long watchMillis;

    AssembleWindows(TopologySettings settings, Telemetry<StreamEvent> telemetry) {
        this.settings = settings;
        this.telemetry = telemetry;
    }

    @Override
    public void init(ProcessorContext<String, StreamEvent> context) {
        this.context = context;
        store = new WindowStore(context.getStateStore(STORE));
        store.streams().forEach((streamId, row) -> streams.put(streamId, open(streamId, row)));
        Duration half = settings.idleTimeout().dividedBy(2);
        Duration interval = half.compareTo(LONGEST_CHECK_INTERVAL) < 0 ? half : LONGEST_CHECK_INTERVAL;
        longestStepMillis = LATE_CHECKS * interval.toMillis();
        lastCheckMillis = context.currentSystemTimeMs();
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::checkSilence);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata source = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("assemble-windows: expected a record from a topic"));
        String key = StreamIds.ofKey(record.key());
        byte[] value = record.value() == null ? new byte[0] : record.value();
        OpenStream stream = streams.computeIfAbsent(
                isWithinLimit(key) ? key : NO_STREAM, id -> open(id, StreamRow.empty(context.currentSystemTimeMs())));
        stream.touch(source, context.currentSystemTimeMs(), watchMillis, record.timestamp());
        telemetry.probe().read(key, record.timestamp());
        StageSpan processing = telemetry.process(
                source.topic(),
                source.partition(),
                source.offset(),
                context.applicationId(),
                key,
                TraceHeaders.text(record.headers()));
        ReadRecord read = new ReadRecord(key, value, source, processing);
        processing.during(() -> {
            if (stream.streamId().equals(key)) {
                take(stream, read);
            } else {
                refuse(
                        stream,
                        read,
                        read.rejection(
                                Rejection.Reason.TOO_MANY_STREAMS,
                                "expected at most " + settings.maxStreams()
                                        + " streams in a partition (kinolift.max.streams), found one more",
                                null));
            }
            return null;
        });
        store.putStream(stream.streamId(), stream.row());
    }

    private boolean isWithinLimit(String streamId) {
        return streams.size() < settings.maxStreams() || streams.containsKey(streamId);
    }

    /** The span of the record ends before windows come of it, whose work has spans of its own. */
    private void take(OpenStream stream, ReadRecord read) {
        try {
            switch (InputRecord.read(read.key(), read.value(), settings.registry())) {
                case InputRecord.Frame(EncodedFrame frame) -> takeFrame(stream, frame, read);
                case InputRecord.End(long session, long frames) -> {
                    read.processing().close();
                    stream.assembler().end(session, frames);
                }
            }
        } catch (MalformedRecordException e) {
            Rejection.Reason reason = FrameRecords.isParseable(read.value(), settings.registry())
                    ? Rejection.Reason.INVALID_HEADER
                    : Rejection.Reason.UNPARSEABLE;
            refuse(stream, read, read.rejection(reason, e.getMessage(), e));
        }
    }

    private void takeFrame(OpenStream stream, EncodedFrame frame, ReadRecord read) {
        SourceFrame source = read.frame(frame);
        String violation = settings.engine().limits().violation(frame, stream.operator());
        if (violation != null) {
            refuse(stream, read, Rejection.of(source, Rejection.Reason.LIMIT_EXCEEDED, violation));
            return;
        }
        try {
            FrameCodecs.requireSupported(frame.format().codec(), frame.format().pixelFormat());
            FrameCodecs.requireSupported(stream.outputCodec(), frame.format().pixelFormat());
        } catch (FrameCodecException e) {
            refuse(stream, read, Rejection.of(source, Rejection.Reason.UNSUPPORTED, e.getMessage(), e));
            return;
        }
        read.processing().close();
        telemetry.probe().received(stream.streamId());
        stream.assembler().accept(source);
    }

    private void refuse(OpenStream stream, ReadRecord read, Rejection rejection) {
        read.processing().failed(rejection.reason().name(), rejection.detail());
        telemetry.probe().received(rejection.streamId());
        stream.refuse(rejection);
    }

    private void checkSilence(long nowMillis) {
        // Somebody may set the clock, forwards or back.
        watchMillis += Math.clamp(nowMillis - lastCheckMillis, 0, longestStepMillis);
        lastCheckMillis = nowMillis;
        for (Iterator<OpenStream> all = streams.values().iterator(); all.hasNext(); ) {
            OpenStream stream = all.next();
            long silentMillis = stream.silentMillis(nowMillis);
            if (stream.isSpent() && silentMillis > settings.retention().toMillis()) {
                stream.expire();
                store.deleteStream(stream.streamId());
                all.remove();
            } else if (isAbandoned(stream)) {
                stream.abandon(nowMillis);
                store.putStream(stream.streamId(), stream.row());
            } else if (!stream.isIdle()
                    && watchMillis - stream.watchMillis()
                            > settings.idleTimeout().toMillis()) {
                stream.goIdle();
                store.putStream(stream.streamId(), stream.row());
            }
        }
    }

    private boolean isAbandoned(OpenStream stream) {
        long limitMillis = settings.endTimeout().toMillis();
        return limitMillis > 0 && !stream.isSpent() && watchMillis - stream.watchMillis() > limitMillis;
    }

    private OpenStream open(String streamId, StreamRow row) {
        return new OpenStream(streamId, settings, store.frames(streamId), row, context);
    }
}
