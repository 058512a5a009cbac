package io.kinolift.sizing.measure;

import io.kinolift.avro.VideoFrame;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/** Reads committed outputs, and counts them and the time from the capture of their inputs. */
final class Arrivals implements AutoCloseable {
    /** A load far beyond what the machine can do would keep everybody waiting. */
    private static final Duration MOST_BACKLOG = Duration.ofMinutes(2);

    private final Consumer<byte[], byte[]> consumer;
    private final Thread thread = Thread.ofPlatform().daemon().name("arrivals").unstarted(this::read);
    private final List<Double> latencies = new ArrayList<>();
    private long outputs;
    private long lastNanos;
    private RuntimeException failure;

    Arrivals(TestCluster cluster) {
        consumer = cluster.reader(List.of(TestCluster.UPSCALED));
        thread.start();
    }

    private void read() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    arrived(FrameRecords.parse(record.value()));
                }
            }
        } catch (WakeupException | org.apache.kafka.common.errors.InterruptException e) {
            // Closed.
        } catch (MalformedRecordException e) {
            fail(new IllegalStateException(e));
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private synchronized void fail(RuntimeException problem) {
        failure = problem;
    }

    private synchronized void arrived(VideoFrame frame) {
        if (!frame.getEndOfStream()) {
            outputs++;
            lastNanos = System.nanoTime();
            latencies.add(System.currentTimeMillis() / 1e3 - frame.getCaptureTimeMicros() / 1e6);
        }
    }

    /** Outputs that have arrived. */
    synchronized long outputs() {
        if (failure != null) {
            throw failure;
        }
        return outputs;
    }

    /**
     * Waits until no more outputs come: the backlog of one load would count as work of the next.
     *
     * @param quietMillis without outputs, longer than a window takes
     */
    void awaitQuiet(long quietMillis) throws InterruptedException {
        long deadline = System.nanoTime() + MOST_BACKLOG.toNanos();
        long before;
        do {
            before = outputs();
            Thread.sleep(quietMillis);
        } while (outputs() > before && System.nanoTime() < deadline);
    }

    /** When the last output arrived, as {@link System#nanoTime}. */
    synchronized long lastNanos() {
        return lastNanos;
    }

    /** Seconds from capture to arrival of the outputs since the last call. */
    synchronized double[] takeLatencies() {
        double[] taken = latencies.stream().mapToDouble(Double::doubleValue).toArray();
        latencies.clear();
        return taken;
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join();
        consumer.close();
    }
}
