package io.kinolift.trace;

import io.kinolift.wire.RecordSizes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Which span something belongs to, as W3C's trace context writes it: the traceparent and, where there is one, a blank
 * and the tracestate.
 */
public final class TraceContext {
    private static final String PARENT = "traceparent";
    private static final String STATE = "tracestate";
    /** What {@link RecordSizes#OVERHEAD} has room for, beside the rest; a longer state is left out. */
    private static final int MAX_STATE = 256;

    private static final List<String> FIELDS = List.of(PARENT, STATE);
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private static final TextMapGetter<Headers> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Headers headers) {
            return FIELDS;
        }

        @Override
        public String get(Headers headers, String key) {
            Header header = headers == null ? null : headers.lastHeader(key);
            return header == null || header.value() == null
                    ? null
                    : new String(header.value(), StandardCharsets.US_ASCII);
        }
    };

    private TraceContext() {}

    /** Null for a span that is none. */
    static String of(Span span) {
        if (!span.getSpanContext().isValid()) {
            return null;
        }
        TreeMap<String, String> fields = new TreeMap<>();
        W3C.inject(Context.root().with(span), fields, TreeMap::put);
        if (fields.getOrDefault(STATE, "").length() > MAX_STATE) {
            fields.remove(STATE);
        }
        // In this order by name.
        return String.join(" ", fields.values());
    }

    /** What a record's headers say; the root where they say nothing that can be read. */
    static Context context(Headers headers) {
        return W3C.extract(Context.root(), headers, HEADERS);
    }

    /** @param text null for the root */
    static Context context(String text) {
        return context(headers(text));
    }

    /** The headers of a record that belongs to a span; none for null. */
    public static Headers headers(String text) {
        Headers headers = new RecordHeaders();
        if (text != null) {
            String[] fields = text.split(" ", 2);
            for (int i = 0; i < fields.length; i++) {
                headers.add(FIELDS.get(i), fields[i].getBytes(StandardCharsets.US_ASCII));
            }
        }
        return headers;
    }
}
