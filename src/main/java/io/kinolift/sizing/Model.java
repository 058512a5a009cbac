package io.kinolift.sizing;

import io.kinolift.frame.PixelFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * From the figures of one stream thread to the cost of many streams.
 *
 * <ul>
 *   <li>Bytes and memory grow in proportion to streams; each instance and each stream thread adds a fixed part. Cores follow
 *       the {@link Curve} of a stream thread.
 *   <li>A stream thread works on one window at a time. Its streams are chosen by the hashes of their names, so some
 *       threads have more than others: of T threads with k streams each on average, hardly any has more than k + sqrt(2 k
 *       ln T) + ln(T) / 3 (Bernstein's bound for balls in bins).
 * </ul>
 *
 * @param figures measured
 * @param cluster assumed
 */
public record Model(Figures figures, Cluster cluster) {
    /** What Kinolift's own topics are: input, outputs, dead letters, accounts, sound, two changelogs. */
    private static final int TOPICS = 7;

    private static final int DEFAULT_MAX_STREAMS = 1000;
    private static final double DEFAULT_ENCODER_CACHE = 268_435_456;
    private static final int PICTURES_OF_ENCODER = 12;
    /** Tasks of a lost instance are spread over the others, so each thread has a few, as far as brokers hold so many. */
    private static final int TASKS_OF_THREAD = 4;

    /** Live objects may fill half of a heap; the rest is room for what is soon garbage. */
    private static final double LIVE_HEAP = 0.5;

    private static final double MIB = 1 << 20;

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
        return estimate(streams, threads, working, working + cluster.instances().spare());
    }

    /** The cost of so many streams on a given number of instances, which may be too few. */
    public Estimate of(int streams, int instances, int threads) {
        return estimate(streams, threads, instances, instances);
    }

    private Estimate estimate(int streams, int threads, int working, int instances) {
        int partitions = cluster.partitions() > 0 ? cluster.partitions() : partitions(streams, instances * threads);
        TrafficModel bytes = new TrafficModel(figures, cluster);
        Estimate.Traffic traffic = bytes.traffic(streams, instances * threads);
        double memory =
                instances * figures.memory().base() + streams * figures.memory().perStream();
        return new Estimate(
                streams,
                instances,
                threads,
                workers(threads),
                partitions,
                working * cores((double) streams / working, threads) + (instances - working) * cores(0, threads),
                memory,
                traffic,
                bytes.disks(streams, partitions, traffic),
                bytes.failure(traffic, partitions, instances),
                shares(streams, threads, working, partitions, traffic));
    }

    double inputsPerSecond() {
        return figures.job().input().framesPerSecond();
    }

    /** Of an instance with so many streams; threads of one process share what it takes when idle. */
    private double cores(double streams, int threads) {
        Curve curve = figures.processor().cores();
        return curve.idle() + threads * (curve.at(streams * inputsPerSecond() / threads) - curve.idle());
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

    /** Streams of the thread that has most, by Bernstein's bound. */
    static double most(double streams, int threads) {
        double mean = streams / threads;
        double logarithm = Math.log(threads);
        return Math.min(streams, mean + Math.sqrt(2 * mean * logarithm) + logarithm / 3);
    }

    /** Instances that keep up, without spare ones. */
    private int needed(int streams, int threads) {
        Cluster.Instances each = cluster.instances();
        double cores = each.cores() * each.target();
        double memory = each.memory() - figures.memory().base();
        double heap =
                LIVE_HEAP * figures.memory().heapLimit() - figures.memory().heapBase();
        require("cores", cores(0, threads), cores);
        require("bytes of memory", figures.memory().base(), each.memory());
        require(
                "bytes of heap",
                figures.memory().heapBase(),
                LIVE_HEAP * figures.memory().heapLimit());
        double least = Math.max(
                Math.max(
                        streams * figures.memory().perStream() / memory,
                        streams * figures.memory().heapPerStream() / heap),
                Math.max(
                        streams * new TrafficModel(figures, cluster).perStream() / (each.network() * each.target()),
                        streams * threadShare(threads) / (threads * each.target())));
        int instances = Math.max(1, (int) Math.ceil(least));
        // Where one stream alone is too much for an instance, no number helps.
        while (instances < streams && cores((double) streams / instances, threads) > cores) {
            instances += step(instances);
        }
        // The thread with most streams has to keep up too.
        while (instances < streams && threadShare(threads) * most(streams, instances * threads) > 1) {
            instances += step(instances);
        }
        return instances;
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

    private int partitions(int streams, int threads) {
        int most = Math.min(maxStreams(), encodersKept());
        Cluster.Brokers brokers = cluster.brokers();
        long held = (long) brokers.partitions() * brokers.count() / ((long) TOPICS * brokers.replication());
        int partitions = (int) Math.clamp(held, threads, (long) threads * TASKS_OF_THREAD);
        // One for each stream is not enough either: hashes put several into one.
        while (partitions < streams && most(streams, partitions) > most) {
            partitions += step(partitions);
        }
        return partitions;
    }

    /** Beyond so many, the stream of a partition that was silent for longest rests. */
    private int maxStreams() {
        return (int) setting("kinolift.max.streams", DEFAULT_MAX_STREAMS);
    }

    /** Streams of a partition whose encoders fit the cache; beyond it, outputs are encoded again for each window. */
    int encodersKept() {
        if (!figures.job().outputCodec().isInterCoded()) {
            return Integer.MAX_VALUE;
        }
        VideoShape output = figures.job().output();
        double encoder =
                (double) PICTURES_OF_ENCODER * PixelFormat.YUV420P.pictureBytes(output.width(), output.height());
        return (int) Math.max(1, setting("kinolift.encoder.cache.bytes", DEFAULT_ENCODER_CACHE) / encoder);
    }

    private double setting(String name, double usual) {
        String given = figures.job().settings().get(name);
        return given == null ? usual : Double.parseDouble(given);
    }

    private List<Estimate.Share> shares(
            int streams, int threads, int working, int partitions, Estimate.Traffic traffic) {
        Cluster.Instances each = cluster.instances();
        Cluster.Brokers brokers = cluster.brokers();
        double perInstance = (double) streams / working;
        double thread = threadShare(threads);
        double replicas = (double) partitions * TOPICS * brokers.replication() / brokers.count();
        List<Estimate.Share> shares = new ArrayList<>(List.of(
                Estimate.Share.hard(
                        "cores of the instances",
                        "cores",
                        working * cores((double) streams / working, threads),
                        working * each.cores() * each.target()),
                Estimate.Share.hard("one stream on one stream thread", "of its time", thread, 1),
                Estimate.Share.hard(
                        "the stream thread with most streams",
                        "of its time",
                        thread * most(streams, working * threads),
                        1),
                Estimate.Share.hard(
                        "memory of an instance",
                        "MiB",
                        (figures.memory().base()
                                        + perInstance * figures.memory().perStream())
                                / MIB,
                        each.memory() / MIB),
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
                Estimate.Share.hard("streams of a partition", "streams", most(streams, partitions), maxStreams())));
        if (encodersKept() < Integer.MAX_VALUE) {
            shares.add(new Estimate.Share(
                    "encoders kept for a partition", "streams", most(streams, partitions), encodersKept(), false));
        }
        return shares;
    }
}
