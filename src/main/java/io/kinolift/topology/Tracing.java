package io.kinolift.topology;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Spans of what happens to frames, in OpenTelemetry's terms:
 *
 * <pre>
 * (the producer's span, by the record's traceparent)
 *   receive            one per record read
 *     decode           one per decoding; a picture from the cache has none
 *     upscale          one per output, in the trace of the input it belongs to; links to receive of all that it shows
 *       operator
 *       encode
 * </pre>
 *
 * The output record's traceparent is its upscale span. Between the nodes and in the store, a frame carries its receive
 * span as text, so what is done again after a crash is in the same trace.
 */
public final class Tracing {
    /** No spans; headers are neither read nor written. */
    public static final Tracing OFF = new Tracing(OpenTelemetry.noop(), false);

    private static final AttributeKey<String> STREAM = AttributeKey.stringKey("kinolift.stream");
    private static final AttributeKey<Long> SESSION = AttributeKey.longKey("kinolift.session");
    private static final AttributeKey<Long> SEQUENCE = AttributeKey.longKey("kinolift.sequence");
    private static final AttributeKey<String> TOPIC = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> PARTITION = AttributeKey.stringKey("messaging.destination.partition.id");
    private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");

    private final Tracer tracer;
    private final boolean on;

    public Tracing(OpenTelemetry telemetry) {
        this(telemetry, true);
    }

    private Tracing(OpenTelemetry telemetry, boolean on) {
        tracer = telemetry.getTracer("io.kinolift");
        this.on = on;
    }

    /** A span that is open until it is closed; that may be done twice. */
    static final class Step implements AutoCloseable {
        private static final Step NONE = new Step(Span.getInvalid());
        private final Span span;

        private Step(Span span) {
            this.span = span;
        }

        /** The span as {@link TraceText}; null where there is none. */
        String text() {
            return TraceText.of(span);
        }

        void failed(String reason) {
            span.setStatus(StatusCode.ERROR, reason);
        }

        @Override
        public void close() {
            if (span.isRecording()) {
                span.end();
            }
        }
    }

    /** A record is being read; its span is the parent of all that becomes of its frame. */
    Step receive(Headers headers, String streamId, RecordMetadata source) {
        if (!on) {
            return Step.NONE;
        }
        return new Step(tracer.spanBuilder("receive").setSpanKind(SpanKind.CONSUMER).setParent(TraceText.context(headers))
                .setAttribute(STREAM, streamId).setAttribute(TOPIC, source.topic())
                .setAttribute(PARTITION, Integer.toString(source.partition())).setAttribute(OFFSET, source.offset())
                .startSpan());
    }

    Step decode(SourceFrame source) {
        return on ? start(tracer.spanBuilder("decode").setParent(TraceText.context(source.trace())), source.frame())
                : Step.NONE;
    }

    /**
     * An output is being made.
     *
     * @param owner the input it belongs to
     * @param first first input that it shows
     * @param last last input that it shows
     */
    Step upscale(FrameWindow window, long owner, long first, long last) {
        if (!on) {
            return Step.NONE;
        }
        SpanBuilder builder = tracer.spanBuilder("upscale").setParent(TraceText.context(window.at(owner).trace()));
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
        SpanContext received = Span.fromContext(TraceText.context(source.trace())).getSpanContext();
        if (received.isValid()) {
            builder.addLink(received);
        }
    }

    /** Part of another step. */
    Step part(String name, Step whole) {
        return on ? new Step(tracer.spanBuilder(name).setParent(Context.root().with(whole.span)).startSpan()) : Step.NONE;
    }

    private static Step start(SpanBuilder builder, EncodedFrame frame) {
        return new Step(builder.setAttribute(STREAM, frame.streamId()).setAttribute(SESSION, frame.session())
                .setAttribute(SEQUENCE, frame.sequence()).startSpan());
    }
}
