package io.kinolift.trace;

import io.kinolift.codec.FrameCodecException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.Objects;

/** One span of {@link Tracing}, open until its work is done or it is closed; that may be done twice. */
public final class StageSpan implements AutoCloseable {
    static final StageSpan NONE = new StageSpan(Span.getInvalid());
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private final Span span;

    StageSpan(Span span) {
        this.span = span;
    }

    /** The work that a span covers. */
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Does the work and ends with it. An exception of the work marks the span and is thrown on. */
    public <T, E extends Exception> T during(Work<T, E> work) throws E {
        try {
            return work.run();
        } catch (Throwable e) {
            failed(
                    e instanceof FrameCodecException failure
                            ? failure.reason().name()
                            : e.getClass().getName(),
                    Objects.requireNonNullElse(e.getMessage(), ""));
            throw e;
        } finally {
            close();
        }
    }

    /**
     * Marks the span; without effect on one that has ended.
     *
     * @param type of a small set
     * @param detail expected and found
     */
    public void failed(String type, String detail) {
        if (span.isRecording()) {
            span.setAttribute(ERROR, type).setStatus(StatusCode.ERROR, detail);
        }
    }

    /** The span as {@link TraceContext}; null where there is none. */
    public String text() {
        return TraceContext.of(span);
    }

    /** The context in which other spans are parts of this one. */
    Context context() {
        return Context.root().with(span);
    }

    @Override
    public void close() {
        if (span.isRecording()) {
            span.end();
        }
    }
}
