package io.kinolift.trace;

import io.kinolift.topology.Probe;
import java.util.concurrent.atomic.LongAdder;

/**
 * Time spent per stage, summed over threads; spans, if somebody wants them; and a probe that hears of everything else.
 * Work done again after an abort is counted again.
 */
public final class Stages {
    private final LongAdder decodeNanos = new LongAdder();
    private final LongAdder operatorNanos = new LongAdder();
    private final LongAdder encodeNanos = new LongAdder();
    private final Tracing tracing;
    private volatile Probe probe = Probe.NONE;

    /** Without spans. */
    public Stages() {
        this(Tracing.OFF);
    }

    public Stages(Tracing tracing) {
        this.tracing = tracing;
    }

    public Tracing tracing() {
        return tracing;
    }

    /** Called before the application starts; the last one stays. */
    public void watch(Probe watching) {
        probe = watching;
    }

    public Probe probe() {
        return probe;
    }

    public void decoded(long nanos) {
        decodeNanos.add(nanos);
    }

    public void upscaled(long nanos) {
        operatorNanos.add(nanos);
    }

    public void encoded(long nanos) {
        encodeNanos.add(nanos);
    }

    public long decodeNanos() {
        return decodeNanos.sum();
    }

    public long operatorNanos() {
        return operatorNanos.sum();
    }

    public long encodeNanos() {
        return encodeNanos.sum();
    }
}
