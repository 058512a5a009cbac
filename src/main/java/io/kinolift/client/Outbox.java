package io.kinolift.client;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Rational;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.RecordSizes;
import io.kinolift.wire.StreamIds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes pictures on several threads and sends them in order. What is under way is bounded in bytes: a picture until it
 * is encoded, its record until the broker has it. The first failure ends it: what is under way is given up and nothing
 * more is sent. With an idempotent producer, which is Kafka's default, the topic then has the stream's beginning without
 * a hole; without one, a record may be there although one before it is not.
 */
final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private final Producer<byte[], byte[]> producer;
    private final Encoders encoders;
    private final Settings settings;
    private final byte[] key;
    private final ExecutorService pool;
    private final Thread sender;
    private final Deque<Item> waiting = new ArrayDeque<>();
    private long sequence;
    private long heldBytes;
    private int held;
    private final Pace pace = new Pace(System.nanoTime());
    private boolean slow;
    private String failure;
    private boolean lost;
    private boolean closed;

    /**
     * Where records go.
     *
     * @param maxBytes the largest batch that the topic takes
     * @param inFlightBytes the most that may be under way; a larger picture goes alone
     */
    record Settings(String topic, String streamId, long session, int threads, int maxBytes, long inFlightBytes) {}

    /** A picture and its place in the stream, in microseconds. */
    record Job(Shot shot, FrameFormat format, long pts, long duration, boolean discontinuity, long captureMicros) {}

    private record Item(Job job, long bytes, Future<byte[]> payload) {}

    Outbox(Producer<byte[], byte[]> producer, Encoders encoders, Settings settings) {
        this.producer = producer;
        this.encoders = encoders;
        this.settings = settings;
        key = settings.streamId().getBytes(StandardCharsets.UTF_8);
        pool = Executors.newFixedThreadPool(
                settings.threads(),
                Thread.ofPlatform().daemon().name("kinolift-record-", 0).factory());
        sender = Thread.ofPlatform().daemon().name("kinolift-record-send").start(this::sendAll);
    }

    /**
     * Takes a picture over; waits for room.
     *
     * @return whether it will be sent: not after a failure
     */
    synchronized boolean add(Job job) throws InterruptedException {
        long bytes = job.shot().bytes();
        long start = System.nanoTime();
        while (failure == null && held > 0 && heldBytes + bytes > settings.inFlightBytes()) {
            wait();
        }
        long now = System.nanoTime();
        if (pace.isBehind(now, now - start, job.pts()) && !slow) {
            slow = true;
            LOG.warn(
                    "stream {}: frames come faster than they are encoded as {} and sent, so that record() waits",
                    StreamIds.readable(settings.streamId()),
                    job.format().codec());
        }
        if (failure != null) {
            return false;
        }
        held++;
        heldBytes += bytes;
        waiting.add(new Item(job, bytes, pool.submit(() -> encode(job))));
        notifyAll();
        return true;
    }

    private byte[] encode(Job job) throws Exception {
        try (Shot shot = job.shot()) {
            return encoders.encode(job.format(), shot.picture());
        }
    }

    /** The reason why nothing is sent any more, or null. */
    synchronized String failure() {
        return failure;
    }

    /** Waits until the broker has all, or something has failed. */
    synchronized void flush() throws InterruptedException {
        while (held > 0 && failure == null) {
            wait();
        }
    }

    /** Sends the end of the stream after all frames, and waits for it. */
    synchronized void end() throws InterruptedException {
        flush();
        if (failure == null) {
            held++;
            post(FrameRecords.writeEnd(settings.streamId(), settings.session(), sequence, null), 0);
            flush();
        }
    }

    /** However this ends, the outbox ends with it: nobody else would release what is held. */
    private void sendAll() {
        String end = "closed";
        try {
            for (Item item = next(); item != null; item = next()) {
                send(item);
            }
        } catch (InterruptedException _) {
            // Closed.
        } catch (RuntimeException | Error e) {
            LOG.error("stream {}: sending has ended", StreamIds.readable(settings.streamId()), e);
            end = "expected to send frame " + sequence + ", found " + e;
        } finally {
            fail(end);
        }
    }

    private synchronized Item next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return waiting.poll();
    }

    private void send(Item item) throws InterruptedException {
        Job job = item.job();
        try {
            byte[] payload = item.payload().get();
            byte[] record = FrameRecords.write(new EncodedFrame(
                    settings.streamId(),
                    settings.session(),
                    sequence,
                    job.pts(),
                    job.duration(),
                    Rational.MICROSECOND,
                    job.format(),
                    true,
                    job.discontinuity(),
                    job.captureMicros(),
                    payload));
            int batch = RecordSizes.batchBytes(record, settings.streamId());
            if (batch > settings.maxBytes()) {
                fail("expected at most " + settings.maxBytes() + " bytes (max.message.bytes of topic "
                        + settings.topic() + ") for the frame at " + job.pts() + " us, found " + batch);
            }
            exchange(item.bytes(), record.length);
            sequence++;
            post(record, record.length);
        } catch (ExecutionException e) {
            fail("the frame at " + job.pts() + " us: " + e.getCause().getMessage());
            release(item.bytes());
        }
    }

    private synchronized void exchange(long before, long after) {
        heldBytes += after - before;
        notifyAll();
    }

    /** @param bytes that are held for the record */
    private void post(byte[] record, long bytes) {
        if (failure() != null) {
            release(bytes);
            return;
        }
        try {
            var _ = producer.send(new ProducerRecord<>(settings.topic(), key, record), (_, problem) -> {
                if (problem != null && isFirstLost(undelivered(problem))) {
                    // On the producer's own thread, before it sends what follows.
                    producer.close(Duration.ZERO);
                }
                release(bytes);
            });
        } catch (KafkaException | IllegalStateException e) {
            fail(undelivered(e));
            release(bytes);
        }
    }

    private String undelivered(Exception problem) {
        return "expected topic " + settings.topic() + " to take a record of stream \"" + settings.streamId()
                + "\", found " + problem.getMessage();
    }

    private synchronized boolean isFirstLost(String reason) {
        fail(reason);
        boolean first = !lost;
        lost = true;
        return first;
    }

    private synchronized void fail(String reason) {
        failure = failure == null ? reason : failure;
        notifyAll();
    }

    private synchronized void release(long bytes) {
        held--;
        heldBytes -= bytes;
        notifyAll();
    }

    /** Gives up what is under way. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            fail("closed");
        }
        sender.interrupt();
        pool.close();
    }
}
