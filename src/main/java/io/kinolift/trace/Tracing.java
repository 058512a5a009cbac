package io.kinolift.trace;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Spans of what happens to frames, in OpenTelemetry's terms:
 *
 * <pre>
 * (the producer's span, by the record's traceparent)
 *   process TOPIC      one per record read, with the attributes that OpenTelemetry's messaging conventions name
 *     decode           one per decoding; a picture from the cache has none
 *     upscale          one per output, in the trace of the input it belongs to; links to process of all that it shows
 *       operator
 *       encode
 * </pre>
 *
 * The output record's traceparent is its upscale span, that of a dead letter the process span of its source. What fails
 * is marked as failed, and so is all that it is a part of. Between the nodes and in the store, a frame carries its
 * process span as text, so what is done again after a crash is in the same trace.
 */
public final class Tracing {
    /** No spans; headers are neither read nor written. */
    public static final Tracing OFF = new Tracing(OpenTelemetry.noop(), false);

    private static final AttributeKey<String> STREAM = AttributeKey.stringKey("kinolift.stream");
    private static final AttributeKey<Long> SESSION = AttributeKey.longKey("kinolift.session");
    private static final AttributeKey<Long> SEQUENCE = AttributeKey.longKey("kinolift.sequence");
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> GROUP = AttributeKey.stringKey("messaging.consumer.group.name");
    private static final AttributeKey<String> TOPIC = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> PARTITION = AttributeKey.stringKey("messaging.destination.partition.id");
    private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");

    private static final String PROCESS = "process";

    private final Tracer tracer;
    private final boolean on;

    public Tracing(OpenTelemetry telemetry) {
        this(telemetry, true);
    }

    private Tracing(OpenTelemetry telemetry, boolean on) {
        tracer = telemetry.getTracer("io.kinolift");
        this.on = on;
    }

    /**
     * A record is being read; its span is the parent of all that becomes of its frame.
     *
     * @param group the consumer group that reads
     */
    public StageSpan process(Headers headers, String streamId, RecordMetadata source, String group) {
        if (!on) {
            return StageSpan.NONE;
        }
        return new StageSpan(tracer.spanBuilder(PROCESS + " " + source.topic())
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(TraceContext.context(headers))
                .setAttribute(SYSTEM, "kafka")
                .setAttribute(OPERATION, PROCESS)
                .setAttribute(OPERATION_TYPE, PROCESS)
                .setAttribute(GROUP, group)
                .setAttribute(TOPIC, source.topic())
                .setAttribute(PARTITION, Integer.toString(source.partition()))
                .setAttribute(OFFSET, source.offset())
                .setAttribute(STREAM, streamId)
                .startSpan());
    }

    public StageSpan decode(SourceFrame source) {
        return on
                ? start(tracer.spanBuilder("decode").setParent(TraceContext.context(source.trace())), source.frame())
                : StageSpan.NONE;
    }

    /**
     * An output is being made.
     *
     * @param owner the input it belongs to
     * @param first first input that it shows
     * @param last last input that it shows
     */
    public StageSpan upscale(FrameWindow window, long owner, long first, long last) {
        if (!on) {
            return StageSpan.NONE;
        }
        SpanBuilder builder = tracer.spanBuilder("upscale")
                .setParent(TraceContext.context(window.at(owner).trace()));
        for (long index = first; index <= last; index++) {
            SourceFrame source = window.at(index);
            link(builder, source);
            if (source.isFilled() && source.filling().after() != null) {
                link(builder, source.filling().after());
            }
        }
        return start(builder, window.frame(owner));
    }

    private static void link(SpanBuilder builder, SourceFrame source) {
        SpanContext received =
                Span.fromContext(TraceContext.context(source.trace())).getSpanContext();
        if (received.isValid()) {
            builder.addLink(received);
        }
    }

    /** Part of another span. */
    public StageSpan part(String name, StageSpan whole) {
        return on
                ? new StageSpan(
                        tracer.spanBuilder(name).setParent(whole.context()).startSpan())
                : StageSpan.NONE;
    }

    private static StageSpan start(SpanBuilder builder, EncodedFrame frame) {
        return new StageSpan(builder.setAttribute(STREAM, frame.streamId())
                .setAttribute(SESSION, frame.session())
                .setAttribute(SEQUENCE, frame.sequence())
                .startSpan());
    }
}
