package io.kinolift.trace;

import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Observes the work: the time each stage takes, summed over threads; spans, if tracing is on; and a probe for events.
 * Work that is repeated after an abort is counted again.
 *
 * @param <E> the events of the application
 */
public final class Telemetry<E> {
    private final Map<Stage, LongAdder> clocks = new EnumMap<>(Stage.class);
    private final LongAdder encodedAgain = new LongAdder();
    private final Tracing tracing;
    private volatile Probe<E> probe = Probe.none();

    /** Without spans. */
    public Telemetry() {
        this(Tracing.OFF);
    }

    public Telemetry(Tracing tracing) {
        this.tracing = tracing;
        for (Stage stage : Stage.values()) {
            clocks.put(stage, new LongAdder());
        }
    }

    /** Called before the application starts; the last one stays. */
    public void watch(Probe<E> watching) {
        probe = watching;
    }

    public Probe<E> probe() {
        return probe;
    }

    /**
     * A record is being read; its span is the parent of all that becomes of its frame.
     *
     * @param group the consumer group that reads
     * @param parent the span of the record's producer, as {@link TraceContext}; null for none
     */
    public StageSpan process(String topic, int partition, long offset, String group, String streamId, String parent) {
        return tracing.process(topic, partition, offset, group, streamId, parent);
    }

    /**
     * An output is being made.
     *
     * @param owner the input it belongs to
     * @param first first input that it shows
     * @param last last input that it shows
     */
    public StageSpan upscale(FrameWindow window, long owner, long first, long last) {
        return tracing.upscale(window, owner, first, last);
    }

    /** Does work on a received frame as a stage of its own. */
    public <T, X extends Exception> T time(Stage stage, SourceFrame frame, StageSpan.Work<T, X> work) throws X {
        return timed(stage, tracing.stage(stage, frame), work);
    }

    /** Does work that is a stage of something larger. */
    public <T, X extends Exception> T time(Stage stage, StageSpan whole, StageSpan.Work<T, X> work) throws X {
        return timed(stage, tracing.stage(stage, whole), work);
    }

    private <T, X extends Exception> T timed(Stage stage, StageSpan span, StageSpan.Work<T, X> work) throws X {
        long start = System.nanoTime();
        try {
            return span.during(work);
        } finally {
            clocks.get(stage).add(System.nanoTime() - start);
        }
    }

    /** An output was encoded once more, because others refer to it and the encoder was gone. */
    public void countEncodedAgain() {
        encodedAgain.increment();
    }

    /** How many outputs have been encoded once more. */
    public long encodedAgain() {
        return encodedAgain.sum();
    }

    public long nanos(Stage stage) {
        return clocks.get(stage).sum();
    }
}
