package io.kinolift.bench;

import io.kinolift.ffmpeg.NativeMemory;
import io.kinolift.settings.OperatorSettings;
import io.kinolift.settings.ProcessSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Measures the memory of the stream application with several streams at once. */
public final class MemoryUse {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 540;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Frames of each stream before anything is counted. */
    private static final int WARM_UP = 60;

    private final PipelineInputs.Source source;

    /** @param source of the pictures; each stream has so many frames of them */
    public MemoryUse(PipelineInputs.Source source) {
        this.source = source;
    }

    /**
     * The results.
     *
     * @param allocated bytes of heap per output frame that threads of the application allocated, payloads included
     * @param payload bytes of an output record, on average
     * @param inputPayload bytes of the input records that one output takes, on average
     * @param heap bytes in use after a full collection at the end, with the broker and the clients of this process
     * @param resident physical memory of this process, all of that and native memory together
     */
    public record Result(
            int streams,
            long outputs,
            double allocated,
            double payload,
            double inputPayload,
            long heap,
            long resident) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d streams of 540p to 1080p, %d outputs: %.0f KiB allocated per output, including its record of "
                            + "%.0f KiB and the %.0f KiB of input for it once are %.0f KiB; heap %d MiB "
                            + "after collection, %d MiB resident",
                    streams,
                    outputs,
                    allocated / 1024,
                    payload / 1024,
                    inputPayload / 1024,
                    (payload + inputPayload) / 1024,
                    heap >> 20,
                    resident >> 20);
        }
    }

    /** So many streams, interleaved. */
    public Result run(int streams) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put(OperatorSettings.SCALE_FACTOR.name(), "2,2,2");
        settings.put(ProcessSettings.START_CHECK.name(), "off");
        try (PipelineInputs inputs = PipelineInputs.make(source, WIDTH, HEIGHT);
                PipelineHost host = new PipelineHost(settings, Map.of())) {
            transfer(host, inputs, "warm-up-", streams, WARM_UP);
            long before = allocated();
            long payload = transfer(host, inputs, "stream-", streams, source.frames());
            long outputs = 2L * streams * source.frames();
            long inputBytes = 0;
            for (byte[] frame : inputs.frames()) {
                inputBytes += frame.length;
            }
            long resident = NativeMemory.residentBytes();
            return new Result(
                    streams,
                    outputs,
                    (double) (allocated() - before) / outputs,
                    (double) payload / outputs,
                    inputBytes / 2.0 / inputs.frames().size(),
                    heap(),
                    resident);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** @return bytes of all records that came out */
    private static long transfer(PipelineHost host, PipelineInputs inputs, String name, int streams, int frames)
            throws InterruptedException {
        Thread sender = Thread.ofPlatform().daemon().start(() -> {
            for (int i = 0; i < frames; i++) {
                for (int stream = 0; stream < streams; stream++) {
                    host.send(
                            name + stream,
                            i,
                            WIDTH,
                            HEIGHT,
                            inputs.frames().get(i % inputs.frames().size()));
                }
            }
            for (int stream = 0; stream < streams; stream++) {
                host.end(name + stream, frames);
            }
        });
        long expected = (2L * frames + 1) * streams;
        long bytes = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (long received = 0; received < expected; ) {
            for (ConsumerRecord<byte[], byte[]> record : host.poll(Duration.ofMillis(100))) {
                received++;
                bytes += record.value().length;
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "expected " + expected + " records, found " + received + " and no more for " + PATIENCE);
            }
        }
        sender.join();
        return bytes;
    }

    /** Counts all living threads of the application; those of the broker and of our clients have other names. */
    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 0;
        for (ThreadInfo thread : threads.dumpAllThreads(false, false)) {
            if (thread.getThreadName().contains("StreamThread")
                    || thread.getThreadName().contains("kinolift-worker")) {
                bytes += threads.getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        return bytes;
    }

    private static long heap() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
