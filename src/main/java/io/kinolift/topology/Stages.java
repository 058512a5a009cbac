package io.kinolift.topology;

import java.util.concurrent.atomic.LongAdder;

/** Time spent per stage, summed over threads. Work done again after an abort is counted again. */
public final class Stages {
    private final LongAdder decodeNanos = new LongAdder();
    private final LongAdder operatorNanos = new LongAdder();
    private final LongAdder encodeNanos = new LongAdder();

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
