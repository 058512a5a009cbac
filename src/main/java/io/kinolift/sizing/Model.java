package io.kinolift.sizing;

import io.kinolift.codec.group.GroupEncoder;
import io.kinolift.frame.PixelFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * From the figures of one stream thread to the cost of many streams.
 *
 * <ul>
 *   <li>Bytes, except those of changelogs, and memory grow in proportion to streams. Each instance adds a fixed part of memory,
 *       each stream thread one of bytes; what a second stream thread of an instance adds to memory was not measured. Cores
 *       and changelogs follow a {@link Curve} of a stream thread.
 *   <li>A stream thread works on one window at a time, and has whole partitions. Streams are hashed to partitions, so some
 *       threads have more than others: of T threads with k streams each on average, hardly any has more than k + sqrt(2 k
 *       ln T) + ln(T) / 3 (Bernstein's bound for balls in bins). Threads without a partition do nothing.
 *   <li>Limits are for the instances that are left once the spare ones are lost. Cores, memory and traffic are those of all.
 * </ul>
 *
 * @param figures measured
 * @param cluster assumed
 * @param bounds of the figures' job
 */
public record Model(Figures figures, Cluster cluster, Bounds bounds) {
    /** Topics with as many partitions: input, outputs, dead letters, accounts, sound, and the changelogs. */
    private static final int TOPICS = 5 + TrafficModel.CHANGELOGS;

    /** Tasks of a lost instance are spread over the others, so each thread has a few, as far as brokers hold so many. */
    private static final int TASKS_OF_THREAD = 4;

    /** Live objects may fill half of a heap; the rest is room for what is soon garbage. */
    private static final double LIVE_HEAP = 0.5;

    private static final double MIB = 1 << 20;

    /** With the bounds that follow from the job's settings. */
    public Model(Figures figures, Cluster cluster) {
        this(figures, cluster, Bounds.of(figures.job()));
    }

    /**
     * The cost of so many streams.
     *
     * @throws IllegalArgumentException if there are none, or an instance without streams already takes all of its own
     */
    public Estimate of(int streams) {
        if (streams < 1) {
            throw new IllegalArgumentException("expected at least 1 stream, found " + streams);
        }
        int threads = cluster.instances().threads() > 0
                ? cluster.instances().threads()
                : IntStream.rangeClosed(1, cluster.instances().cores())
                        .filter(count -> cluster.instances().cores() % count == 0)
                        .boxed()
                        .min((a, b) -> Integer.compare(needed(streams, a), needed(streams, b)))
                        .orElseThrow();
        int working = needed(streams, threads);
        return of(streams, working, working + cluster.instances().spare(), threads);
    }

    /** The cost of so many streams on a given number of instances, none of them spare, which may be too few. */
    public Estimate of(int streams, int instances, int threads) {
        return of(streams, instances, instances, threads);
    }

    /** @param working instances that are left once the spare ones are lost */
    Estimate of(int streams, int working, int instances, int threads) {
        int partitions = partitionsFor(streams, instances * threads);
        int busy = Math.min(instances * threads, partitions);
        TrafficModel bytes = new TrafficModel(figures, cluster);
        Estimate.Traffic traffic = bytes.traffic(streams, busy);
        double memory =
                instances * figures.memory().base() + streams * figures.memory().perStream();
        return new Estimate(
                streams,
                instances,
                threads,
                workers(threads),
                partitions,
                cores(streams, instances, threads, partitions),
                memory,
                traffic,
                bytes.disks(streams, partitions, traffic),
                bytes.failure(traffic, partitions, instances),
                new Estimate.Start(
                        figures.memory().heapLimit(),
                        bounds.nativeBytes(),
                        threads,
                        bounds.cacheBytes(),
                        partitions,
                        cluster.instances().memory()),
                shares(streams, working, instances, threads, partitions, traffic));
    }

    double inputsPerSecond() {
        return figures.job().input().framesPerSecond();
    }

    /** Of all instances together; threads of one process share what it takes when idle. */
    private double cores(int streams, int instances, int threads, int partitions) {
        Curve curve = figures.processor().cores();
        int busy = Math.min(instances * threads, partitions);
        return instances * curve.idle() + busy * (curve.at(streams * inputsPerSecond() / busy) - curve.idle());
    }

    private int workers(int threads) {
        return cluster.instances().cores() / threads;
    }

    /** Share of a thread's time that a stream takes; what commits take cannot be used for it. */
    private double threadShare(int threads) {
        double window = figures.processor().window(workers(threads)).mean();
        double commit = figures.processor().commit().mean();
        double interval = figures.job().commitMillis() / 1e3;
        return inputsPerSecond() * window / figures.job().window() * (interval + commit) / interval;
    }

    /** Streams of the partition that has most, by Bernstein's bound. */
    static double most(double streams, int partitions) {
        return most(streams, streams / partitions, partitions);
    }

    private static double most(double streams, double mean, int bins) {
        double logarithm = Math.log(bins);
        return Math.min(streams, mean + Math.sqrt(2 * mean * logarithm) + logarithm / 3);
    }

    /** Streams of the thread that has most: where partitions do not divide evenly, it has one more than others. */
    static double mostOfThread(double streams, int threads, int partitions) {
        int busy = Math.min(threads, partitions);
        return most(streams, streams * Math.ceilDiv(partitions, busy) / partitions, busy);
    }

    /** Instances that keep up, without spare ones. */
    private int needed(int streams, int threads) {
        Cluster.Instances each = cluster.instances();
        double memory = each.memory() - figures.memory().base();
        double heap = liveHeap() - figures.memory().heapBase();
        require("cores", figures.processor().cores().idle(), each.cores() * each.target());
        require("bytes of memory", figures.memory().base(), each.memory());
        require("bytes of heap", figures.memory().heapBase(), liveHeap());
        double least = Math.max(
                Math.max(
                        streams * figures.memory().perStream() / memory,
                        streams * figures.memory().heapPerStream() / heap),
                Math.max(
                        streams * new TrafficModel(figures, cluster).perStream() / (each.network() * each.target()),
                        streams * threadShare(threads) / (threads * each.target())));
        int instances = Math.max(1, (int) Math.ceil(least));
        // Where one stream alone is too much, or each partition has a thread of its own, no number helps.
        while (instances < streams && canHelp(instances * threads) && fallsBehind(streams, instances, threads)) {
            instances += step(instances);
        }
        return instances;
    }

    private double liveHeap() {
        return LIVE_HEAP * figures.memory().heapLimit();
    }

    private boolean canHelp(int threads) {
        return cluster.partitions() == 0 || threads < cluster.partitions();
    }

    /** Whether cores or the thread with most streams are too few, once the spare instances are lost. */
    private boolean fallsBehind(int streams, int working, int threads) {
        Cluster.Instances each = cluster.instances();
        int partitions = partitionsFor(streams, (working + each.spare()) * threads);
        return cores(streams, working, threads, partitions) > working * each.cores() * each.target()
                || threadShare(threads) * mostOfThread(streams, working * threads, partitions) > 1;
    }

    private static int step(int count) {
        return Math.max(1, count / 100);
    }

    private static void require(String what, double idle, double available) {
        if (idle >= available) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "expected an instance with more %s than the %.4g that it takes without streams, found %.4g to be used",
                    what,
                    idle,
                    available));
        }
    }

    private int partitionsFor(int streams, int threads) {
        return cluster.partitions() > 0 ? cluster.partitions() : partitions(streams, threads);
    }

    private int partitions(int streams, int threads) {
        int most = Math.min(bounds.maxStreams(), encodersKept());
        Cluster.Brokers brokers = cluster.brokers();
        long held = (long) brokers.partitions() * brokers.count() / ((long) TOPICS * brokers.replication());
        int partitions = (int) Math.clamp(held, threads, (long) threads * TASKS_OF_THREAD);
        // One for each stream is not enough either: hashes put several into one.
        while (partitions < streams && most(streams, partitions) > most) {
            partitions += step(partitions);
        }
        return partitions;
    }

    /** Streams of a partition whose encoders fit the cache; beyond it, outputs are encoded again for each window. */
    int encodersKept() {
        if (!figures.job().outputCodec().isInterCoded()) {
            return Integer.MAX_VALUE;
        }
        VideoShape output = figures.job().output();
        double encoder =
                (double) GroupEncoder.PICTURES_HELD * PixelFormat.YUV420P.pictureBytes(output.width(), output.height());
        return (int) Math.max(1, bounds.encoderBytes() / encoder);
    }

    private List<Estimate.Share> shares(
            int streams, int working, int instances, int threads, int partitions, Estimate.Traffic traffic) {
        Cluster.Instances each = cluster.instances();
        Cluster.Brokers brokers = cluster.brokers();
        Figures.Memory memory = figures.memory();
        double perInstance = (double) streams / working;
        double thread = threadShare(threads);
        double replicas = (double) partitions * TOPICS * brokers.replication() / brokers.count();
        List<Estimate.Share> shares = new ArrayList<>(List.of(
                Estimate.Share.hard(
                        "cores of the instances",
                        "cores",
                        cores(streams, working, threads, partitions),
                        working * each.cores() * each.target()),
                Estimate.Share.hard("one stream on one stream thread", "of its time", thread, each.target()),
                Estimate.Share.hard(
                        "the stream thread with most streams",
                        "of its time",
                        // A bound that is hardly ever reached: the thread must keep up, and needs no room besides.
                        thread * mostOfThread(streams, working * threads, partitions),
                        1),
                Estimate.Share.hard(
                        "memory of an instance",
                        "MiB",
                        (memory.base() + perInstance * memory.perStream()) / MIB,
                        each.memory() / MIB),
                Estimate.Share.hard(
                        "heap of an instance",
                        "MiB of live objects",
                        (memory.heapBase() + perInstance * memory.heapPerStream()) / MIB,
                        liveHeap() / MIB),
                Estimate.Share.hard(
                        "network of an instance",
                        "MB/s",
                        perInstance * new TrafficModel(figures, cluster).perStream() / 1e6,
                        each.network() * each.target() / 1e6),
                Estimate.Share.hard(
                        "writing of a broker",
                        "MB/s",
                        traffic.brokersIn() / brokers.count() / 1e6,
                        brokers.write() * each.target() / 1e6),
                Estimate.Share.hard("partitions of a broker", "replicas", replicas, brokers.partitions()),
                Estimate.Share.hard(
                        "streams of a partition", "streams", most(streams, partitions), bounds.maxStreams())));
        if (encodersKept() < Integer.MAX_VALUE) {
            shares.add(Estimate.Share.soft(
                    "encoders kept for a partition",
                    "streams",
                    most(streams, partitions),
                    encodersKept(),
                    "beyond it, outputs cost more cores"));
        }
        if (partitions < instances * threads) {
            shares.add(Estimate.Share.soft(
                    "stream threads with a partition",
                    "threads",
                    instances * threads,
                    partitions,
                    "the others do nothing: choose more --partitions, or fewer threads"));
        }
        return shares;
    }
}
