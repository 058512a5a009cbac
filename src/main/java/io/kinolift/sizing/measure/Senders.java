package io.kinolift.sizing.measure;

import io.kinolift.wire.FrameRecords;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Streams that send frames until they are closed, and then their ends. */
final class Senders implements AutoCloseable {
    /** The streams begin at the same moments in every run. */
    private static final long SEED = 1;

    private static final int PUSHED_STREAMS = 4;
    private static final long PAUSE_NANOS = 500_000;

    private final Producer<byte[], byte[]> producer;
    private final Footage footage;
    private final String name;
    private final int streams;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread thread;

    private Senders(
            Producer<byte[], byte[]> producer, Footage footage, String name, int streams, LongSupplier allowed) {
        this.producer = producer;
        this.footage = footage;
        this.name = name;
        this.streams = streams;
        thread = Thread.ofPlatform().daemon().name("senders").start(() -> send(allowed));
    }

    /**
     * In real time.
     *
     * @param rate frames per second of each
     */
    static Senders paced(Producer<byte[], byte[]> producer, Footage footage, String name, int streams, double rate) {
        double[] phases = new SplittableRandom(SEED).doubles(streams).sorted().toArray();
        long start = System.nanoTime();
        return new Senders(producer, footage, name, streams, () -> {
            double periods = (System.nanoTime() - start) / 1e9 * rate;
            // All streams once for each whole period, and those whose moment has come in the one that has begun.
            long due = Arrays.stream(phases)
                    .filter(phase -> phase <= periods - Math.floor(periods))
                    .count();
            return (long) Math.floor(periods) * streams + due;
        });
    }

    /**
     * As fast as is allowed.
     *
     * @param allowed frames that may have been sent by now
     */
    static Senders pushing(Producer<byte[], byte[]> producer, Footage footage, String name, LongSupplier allowed) {
        return new Senders(producer, footage, name, PUSHED_STREAMS, allowed);
    }

    private void send(LongSupplier allowed) {
        while (!Thread.currentThread().isInterrupted()) {
            long due = allowed.getAsLong();
            while (sent.get() < due) {
                long next = sent.get();
                String stream = name + next % streams;
                send(stream, footage.record(stream, next / streams));
                sent.incrementAndGet();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        for (int stream = 0; stream < streams; stream++) {
            long frames = sent.get() / streams + (stream < sent.get() % streams ? 1 : 0);
            send(name + stream, FrameRecords.writeEnd(name + stream, 0, frames, null));
        }
    }

    private void send(String stream, byte[] record) {
        var _ = producer.send(
                new ProducerRecord<>(TestCluster.FRAMES, stream.getBytes(StandardCharsets.UTF_8), record),
                (_, problem) -> failure.compareAndSet(null, problem));
    }

    /** Frames that were sent. */
    long sent() {
        if (failure.get() != null) {
            throw new IllegalStateException(
                    "a frame could not be sent: " + failure.get().getMessage(), failure.get());
        }
        return sent.get();
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
        producer.flush();
    }
}
