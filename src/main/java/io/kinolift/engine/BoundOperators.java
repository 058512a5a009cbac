package io.kinolift.engine;

import io.kinolift.frame.FrameFormat;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Operator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Operators made ready for formats, those used lately. */
final class BoundOperators {
    /** Formats come and go with streams; a bound operator is only tables. */
    private static final int MAX_BOUND = 64;

    private final Map<Binding, BoundOperator> bound = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Binding, BoundOperator> eldest) {
            return size() > MAX_BOUND;
        }
    };

    /** The pictures that an operator was bound to. */
    private record Binding(Operator operator, FrameFormat format) {}

    BoundOperator get(Operator operator, FrameFormat format) {
        return bound.computeIfAbsent(
                new Binding(operator, format),
                _ -> operator.bind(format.pixelFormat(), format.width(), format.height(), format.colour()));
    }
}
