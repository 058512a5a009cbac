package io.kinolift.sizing;

import io.kinolift.bench.BenchReport;
import java.util.List;

/**
 * What one instance with one stream thread was measured to take, for one job on one machine. All of it is measured;
 * assumptions are in {@link Cluster}.
 *
 * @param load how it was measured
 * @param processor time on cores
 * @param bytes written to topics
 * @param memory of the process
 * @param restart without output
 */
public record Figures(
        BenchReport.Machine machine,
        Job job,
        Load load,
        Processor processor,
        Bytes bytes,
        Memory memory,
        Restart restart) {
    /**
     * The same, with other bytes of frames.
     *
     * @param input of an input frame; null for those measured
     * @param output of an output frame; null for those measured
     * @throws IllegalArgumentException if they are not above 0
     */
    public Figures withBytes(Double input, Double output) {
        double newInput = input == null ? bytes.input() : input;
        double newOutput = output == null ? bytes.output() : output;
        if (!(newInput > 0 && newOutput > 0)) {
            throw new IllegalArgumentException(
                    "expected bytes of frames above 0, found " + newInput + " and " + newOutput);
        }
        Bytes other = new Bytes(
                newInput,
                newOutput,
                // Changelogs hold inputs, and little else.
                bytes.changelog().times(newInput / bytes.input()),
                bytes.accounts(),
                bytes.coordination());
        return new Figures(machine, job, load, processor, other, memory, restart);
    }

    /**
     * The loads that were compared.
     *
     * @param streams of each load
     * @param rate frames per second that each stream had; below the job's rate where the machine is too slow for it
     */
    public record Load(List<Integer> streams, double rate) {
        public Load {
            streams = List.copyOf(streams);
        }
    }

    /**
     * Time on cores, of the whole process: garbage collection and clients of Kafka included, the broker and the JIT not.
     *
     * @param cores by load
     * @param workers threads that worked on a window
     * @param serialShare share of a window's work that one thread does alone; the rest is shared by all workers
     * @param window time of a full window with these workers, on the clock, under the largest load
     * @param commit time of a commit, on the clock, under the largest load
     */
    public record Processor(Curve cores, int workers, double serialShare, Samples window, Samples commit) {
        /** A window's time with another number of workers, by Amdahl's law. */
        Samples window(int others) {
            return window.times(share(others) / share(workers));
        }

        private double share(int threads) {
            return serialShare + (1 - serialShare) / threads;
        }
    }

    /**
     * Bytes in the logs of a broker, with the overhead of batches and transactions.
     *
     * @param input of the frames topic, per input frame
     * @param output of the topic of outputs, per output frame
     * @param changelog of both changelogs, per second and stream thread, by load
     * @param accounts per input frame
     * @param coordination of Kafka's own topics of transactions and offsets, per second and stream thread
     */
    public record Bytes(double input, double output, Curve changelog, double accounts, double coordination) {}

    /**
     * Physical memory, with a heap that is touched as a whole at the start.
     *
     * @param base bytes of an instance without streams: where the line through the smallest and the largest load meets none,
     *     its heap included
     * @param perStream bytes of each stream, outside of the heap
     * @param heapLimit bytes that the heap may take
     * @param heapBase bytes of live objects without streams
     * @param heapPerStream bytes of live objects of each stream
     */
    public record Memory(double base, double perStream, double heapLimit, double heapBase, double heapPerStream) {}

    /**
     * After a kill. The time to read changelogs is not in it, because it depends on how many bytes they have.
     *
     * @param same seconds from the kill to the first output, if the instance is started again at once with its id; the start
     *     of its JVM included
     * @param other seconds to the first output of another instance that is started then, from the session timeout on
     * @param changelogBytesPerSecond that a client reads; a store also writes them, so it is not faster
     */
    public record Restart(double same, double other, double changelogBytesPerSecond) {}
}
