package io.kinolift.topology;

import io.kinolift.avro.DeadLetterReason;
import io.kinolift.avro.VideoFrame;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.upscale.Operator;
import io.kinolift.window.SourceFrame;
import io.kinolift.window.StreamState;
import java.nio.charset.StandardCharsets;
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
    private static final Duration LONGEST_CHECK_INTERVAL = Duration.ofSeconds(1);

    private final TopologySettings settings;
    private final Operator operator;
    private final Stages stages;
    private final Map<String, OpenStream> streams = new HashMap<>();
    private ProcessorContext<String, StreamEvent> context;
    private WindowStore store;

    AssembleWindows(TopologySettings settings, Operator operator, Stages stages) {
        this.settings = settings;
        this.operator = operator;
        this.stages = stages;
    }

    @Override
    public void init(ProcessorContext<String, StreamEvent> context) {
        this.context = context;
        store = new WindowStore(context.getStateStore(STORE));
        long now = context.currentSystemTimeMs();
        store.streams().forEach((streamId, row) -> streams.put(streamId, open(streamId, row.state(), now)));
        Duration half = settings.idleTimeout().dividedBy(2);
        Duration interval = half.compareTo(LONGEST_CHECK_INTERVAL) < 0 ? half : LONGEST_CHECK_INTERVAL;
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::checkIdle);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata source = context.recordMetadata().orElseThrow(
                () -> new IllegalStateException("assemble-windows: expected a record from a topic"));
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        byte[] value = record.value() == null ? new byte[0] : record.value();
        OpenStream stream = streams.computeIfAbsent(key, this::openNew);
        stream.touch(source, context.currentSystemTimeMs(), record.timestamp());
        stages.probe().read(key, record.timestamp());
        try {
            VideoFrame parsed = FrameRecords.parse(value, settings.registry());
            requireOwnKey(key, parsed);
            if (parsed.getEndOfStream()) {
                stream.assembler().end(parsed.getSession(), FrameRecords.sequence(parsed));
            } else {
                accept(stream, parsed, source);
            }
        } catch (MalformedRecordException e) {
            DeadLetterReason reason = FrameRecords.isParseable(value, settings.registry())
                    ? DeadLetterReason.INVALID_HEADER : DeadLetterReason.UNPARSEABLE;
            stream.assembler().acceptUnusable();
            stream.reject(new Rejection(
                    key, null, source.topic(), source.partition(), source.offset(), value, reason, e.getMessage()));
        }
        store.putStream(key, stream.state(), stream.lastMillis());
    }

    private void accept(OpenStream stream, VideoFrame parsed, RecordMetadata source) throws MalformedRecordException {
        EncodedFrame frame = FrameRecords.frame(parsed);
        SourceFrame sourceFrame = new SourceFrame(frame, source.topic(), source.partition(), source.offset());
        String violation = settings.limits().violation(frame, operator);
        if (violation == null) {
            try {
                FrameCodecs.requireSupported(frame.format().codec(), frame.format().pixelFormat());
                FrameCodecs.requireSupported(settings.frameCodec(), frame.format().pixelFormat());
                stream.assembler().accept(sourceFrame);
            } catch (FrameCodecException e) {
                stream.assembler().acceptUnusable();
                stream.reject(Rejection.of(sourceFrame, DeadLetterReason.UNSUPPORTED, e.getMessage()));
            }
        } else {
            stream.assembler().acceptUnusable();
            stream.reject(Rejection.of(sourceFrame, DeadLetterReason.LIMIT_EXCEEDED, violation));
        }
    }

    private static void requireOwnKey(String key, VideoFrame parsed) throws MalformedRecordException {
        if (!key.equals(parsed.getStreamId())) {
            throw new MalformedRecordException(
                    "expected a record key equal to streamId \"" + parsed.getStreamId() + "\", found \"" + key + "\"");
        }
    }

    private void checkIdle(long nowMillis) {
        for (Iterator<OpenStream> all = streams.values().iterator(); all.hasNext(); ) {
            OpenStream stream = all.next();
            long silentMillis = context.currentSystemTimeMs() - stream.lastMillis();
            if (stream.state().isEnded() && silentMillis > settings.retention().toMillis()) {
                store.deleteStream(stream.streamId());
                all.remove();
            } else if (!stream.isIdle() && silentMillis > settings.idleTimeout().toMillis()) {
                stream.goIdle();
                store.putStream(stream.streamId(), stream.state(), stream.lastMillis());
            }
        }
    }

    private OpenStream openNew(String streamId) {
        return open(streamId, new StreamState(), context.currentSystemTimeMs());
    }

    private OpenStream open(String streamId, StreamState state, long nowMillis) {
        return new OpenStream(streamId, settings, operator.timeGrid(), store.frames(streamId), state, nowMillis, context);
    }
}
