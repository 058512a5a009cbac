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
 * The traceparent of an output record is its upscale span; that of a dead letter is the process span of its source. A
 * span that fails is marked as failed, and so are all spans around it. Between the nodes and in the store, a frame
 * carries its process span as text, so work that is repeated after a crash is in the same trace.
 */
public final class Tracing {
    /** No spans, so nothing that says which one a record belongs to. */
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

    /** See {@link Telemetry#process}. */
    StageSpan process(String topic, int partition, long offset, String group, String streamId, String parent) {
        if (!on) {
            return StageSpan.NONE;
        }
        return new StageSpan(tracer.spanBuilder(PROCESS + " " + topic)
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(TraceContext.context(parent))
                .setAttribute(SYSTEM, "kafka")
                .setAttribute(OPERATION, PROCESS)
                .setAttribute(OPERATION_TYPE, PROCESS)
                .setAttribute(GROUP, group)
                .setAttribute(TOPIC, topic)
                .setAttribute(PARTITION, Integer.toString(partition))
                .setAttribute(OFFSET, offset)
                .setAttribute(STREAM, streamId)
                .startSpan());
    }

    /** Work on a received frame. */
    StageSpan stage(Stage stage, SourceFrame source) {
        return on
                ? start(
                        tracer.spanBuilder(stage.text()).setParent(TraceContext.context(source.trace())),
                        source.frame())
                : StageSpan.NONE;
    }

    /** See {@link Telemetry#upscale}. */
    StageSpan upscale(FrameWindow window, long owner, long first, long last) {
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
    StageSpan stage(Stage stage, StageSpan whole) {
        return on
                ? new StageSpan(tracer.spanBuilder(stage.text())
                        .setParent(whole.context())
                        .startSpan())
                : StageSpan.NONE;
    }

    private static StageSpan start(SpanBuilder builder, EncodedFrame frame) {
        return new StageSpan(builder.setAttribute(STREAM, frame.streamId())
                .setAttribute(SESSION, frame.session())
                .setAttribute(SEQUENCE, frame.sequence())
                .startSpan());
    }
}
