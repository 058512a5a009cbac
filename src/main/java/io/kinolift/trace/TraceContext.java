package io.kinolift.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which span something belongs to, as text: the traceparent of W3C's trace context and, where there is one, a blank and
 * the tracestate.
 */
final class TraceContext {
    private static final String PARENT = "traceparent";
    private static final String STATE = "tracestate";
    /** Records have room for this much beside the rest; a longer state is left out. */
    private static final int MAX_STATE = 256;

    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private static final TextMapGetter<Map<String, String>> FIELDS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> fields) {
            return List.of(PARENT, STATE);
        }

        @Override
        public String get(Map<String, String> fields, String key) {
            return fields == null ? null : fields.get(key);
        }
    };

    private TraceContext() {}

    /** Null for an invalid span. */
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

    /** The root for null, and for text that cannot be read. */
    static Context context(String text) {
        if (text == null) {
            return Context.root();
        }
        String[] fields = text.split(" ", 2);
        return W3C.extract(
                Context.root(),
                fields.length == 1 ? Map.of(PARENT, fields[0]) : Map.of(PARENT, fields[0], STATE, fields[1]),
                FIELDS);
    }
}
