package io.kinolift.topology;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.group.AccessUnit;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.trace.StageSpan;
import io.kinolift.trace.Telemetry;
import io.kinolift.window.Envelope;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.Rejection;
import io.kinolift.wire.input.InputFormat;
import io.kinolift.wire.input.InputRecord;
import io.kinolift.wire.input.SourceRecord;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Parses records, checks their headers, and has the frames of each stream assembled into windows. */
final class AssembleWindows implements Processor<byte[], byte[], String, StreamEvent> {
    static final String STORE = "windows";
    /** Accounts for records without a key, and for frames of streams beyond the limit. */
    static final String NO_STREAM = "";

    private static final Duration LONGEST_CHECK_INTERVAL = Duration.ofSeconds(1);
    private static final int LATE_CHECKS = 5;

    private final TopologySettings settings;
    private final Telemetry<StreamEvent> telemetry;
    private final UnreadableTopic unreadable;
    private final WindowLevels levels;
    private final InputHold hold;
    private ProcessorContext<String, StreamEvent> context;
    private TaskStreams streams;
    private long longestStepMillis;
    /** Less than the timeout: after windows that took long, the records that were sent meanwhile come first. */
    private long stepAfterWorkMillis;
    /** Time spent on records since the last check. */
    private long workNanos;

    private long lastCheckMillis;
    /** A clock that runs while this task looks for records, and stops while a window takes long or the input is held. */
    private long watchMillis;

    AssembleWindows(
            TopologySettings settings,
            Telemetry<StreamEvent> telemetry,
            UnreadableTopic unreadable,
            WindowLevels levels,
            InputHold hold) {
        this.settings = settings;
        this.telemetry = telemetry;
        this.unreadable = unreadable;
        this.levels = levels;
        this.hold = hold;
    }

    @Override
    public void init(ProcessorContext<String, StreamEvent> context) {
        this.context = context;
        streams = new TaskStreams(settings, new WindowStore(context.getStateStore(STORE)), levels, context);
        Duration half = settings.idleTimeout().dividedBy(2);
        Duration interval = half.compareTo(LONGEST_CHECK_INTERVAL) < 0 ? half : LONGEST_CHECK_INTERVAL;
        longestStepMillis = LATE_CHECKS * interval.toMillis();
        stepAfterWorkMillis = 2 * interval.toMillis() - 1;
        lastCheckMillis = context.currentSystemTimeMs();
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::checkSilence);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long start = System.nanoTime();
        take(record);
        workNanos += System.nanoTime() - start;
    }

    private void take(Record<byte[], byte[]> record) {
        RecordMetadata source = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("assemble-windows: expected a record from a topic"));
        SourceRecord content =
                new SourceRecord(source.topic(), source.partition(), record.value(), RecordHeaders.envelope(record));
        InputFormat.Opened opened = settings.input().open(content);
        telemetry.probe().read(opened.streamId(), record.timestamp());
        StageSpan processing = telemetry.process(
                source.topic(),
                source.partition(),
                source.offset(),
                context.applicationId(),
                opened.streamId(),
                TraceHeaders.text(record.headers()));
        ReadRecord read = new ReadRecord(opened, content, source, record.timestamp(), processing);
        processing.during(() -> {
            streams.keep(take(read));
            return null;
        });
    }

    /**
     * The span of the record ends before windows come of it, whose work has spans of its own.
     *
     * @return the stream that accounts for the record
     */
    private OpenStream take(ReadRecord read) {
        OpenStream stream = touched(read.streamId(), read);
        try {
            InputRecord content =
                    stream.read(read.opened(), read.record().envelope().key());
            unreadable.read(read.record());
            switch (content) {
                case InputRecord.Frame(EncodedFrame frame, Envelope envelope) -> {
                    if (!streams.admits(stream, read.source().offset(), read.timestamp())) {
                        return refuseCrowded(read);
                    }
                    takeFrame(stream, read.frame(frame, envelope), read);
                }
                case InputRecord.End(long session, long frames) -> {
                    read.processing().close();
                    stream.assembler().end(session, frames);
                }
            }
        } catch (MalformedRecordException e) {
            unreadable.failed(read.record(), e);
            refuse(stream, read, read.rejection(e.reason(), e.getMessage(), e));
        }
        return stream;
    }

    private OpenStream touched(String streamId, ReadRecord read) {
        OpenStream stream = streams.find(streamId);
        stream.touch(read.source(), context.currentSystemTimeMs(), watchMillis, read.timestamp());
        return stream;
    }

    private OpenStream refuseCrowded(ReadRecord read) {
        OpenStream none = touched(NO_STREAM, read);
        refuse(
                none,
                read,
                read.rejection(
                        Rejection.Reason.TOO_MANY_STREAMS,
                        "expected at most " + settings.limits().open()
                                + " open streams in a partition (kinolift.max.streams), found one more, and none idle",
                        null));
        return none;
    }

    private void takeFrame(OpenStream stream, SourceFrame source, ReadRecord read) {
        Optional<Rejection> rejection = rejection(stream, source);
        if (rejection.isPresent()) {
            tell(read, rejection.get());
            stream.refuse(source.frame(), rejection.get());
            return;
        }
        read.processing().close();
        telemetry.probe().received(stream.streamId());
        stream.assembler().accept(source);
    }

    /** Why a frame cannot be used; empty if it can. */
    private Optional<Rejection> rejection(OpenStream stream, SourceFrame source) {
        FrameFormat format = source.frame().format();
        String violation = settings.engine().limits().violation(source, stream.operator());
        if (violation != null) {
            byte[] value = settings.input().value(source);
            return Optional.of(Rejection.of(source, value, Rejection.Reason.LIMIT_EXCEEDED, violation));
        }
        try {
            FrameCodecs.requireDecodable(format.codec(), format.pixelFormat());
            stream.encoding().requireSupported(format);
            if (format.codec().isInterCoded()) {
                AccessUnit.require(
                        format.codec(), source.frame().payload(), source.frame().keyFrame());
            }
            return Optional.empty();
        } catch (FrameCodecException e) {
            byte[] value = settings.input().value(source);
            return Optional.of(Rejection.of(source, value, e));
        }
    }

    private void refuse(OpenStream stream, ReadRecord read, Rejection rejection) {
        tell(read, rejection);
        stream.refuse(rejection);
    }

    private void tell(ReadRecord read, Rejection rejection) {
        read.processing().failed(rejection.reason().name(), rejection.detail());
        telemetry.probe().received(rejection.streamId());
    }

    private void checkSilence(long nowMillis) {
        // Somebody may set the clock, forwards or back.
        boolean worked = workNanos > settings.idleTimeout().toNanos();
        if (!hold.isHeld(context.taskId().partition())) {
            watchMillis += Math.clamp(nowMillis - lastCheckMillis, 0, worked ? stepAfterWorkMillis : longestStepMillis);
        }
        workNanos = 0;
        lastCheckMillis = nowMillis;
        streams.checkSilence(nowMillis, watchMillis);
        telemetry.probe().open(context.taskId().partition(), streams.openCount());
    }

    @Override
    public void close() {
        telemetry.probe().open(context.taskId().partition(), 0);
    }
}
