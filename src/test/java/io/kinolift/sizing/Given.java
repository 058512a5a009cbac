package io.kinolift.sizing;

import io.kinolift.bench.BenchReport;
import io.kinolift.frame.Codec;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Round figures, so that results can be computed by hand. Nothing of them was measured. */
public final class Given {
    static final double MIB = 1 << 20;

    private Given() {}

    /** Ten frames a second become twenty. */
    static Job job(Codec codec) {
        return new Job(
                VideoShape.parse("100x100@10"),
                VideoShape.parse("200x200@20"),
                codec,
                codec,
                "trilinear",
                5,
                100,
                Map.of());
    }

    /** So many bytes for each of the first ten inputs a second, and half as many for more. */
    static Curve changelog(double bytes) {
        return new Curve(
                List.of(new Curve.Point(0, 0), new Curve.Point(10, 10 * bytes), new Curve.Point(30, 20 * bytes)));
    }

    /** 10 ms for each input; a window of 5 takes as long as that, since half of it is shared by two. */
    static Figures figures(Codec codec) {
        return new Figures(
                new BenchReport.Machine("a CPU", 2, "a JVM", LocalDate.of(2026, 11, 30)),
                job(codec),
                new Figures.Load(List.of(1, 10), 10),
                new Figures.Processor(
                        new Curve(
                                List.of(new Curve.Point(0, 0.1), new Curve.Point(10, 0.3), new Curve.Point(100, 1.2))),
                        2,
                        0.5,
                        Samples.of(0.03, 0.05),
                        Samples.of(0.01)),
                new Figures.Bytes(1000, 2000, changelog(500), 100, 3000),
                new Figures.Memory(600 * MIB, 10 * MIB, 512 * MIB, 50 * MIB, MIB),
                new Figures.Restart(8, 3, 64 * MIB));
    }

    /** Of JPEG. */
    public static Figures figures() {
        return figures(Codec.JPEG);
    }

    /** Eight cores, one stream thread, no spare instance, everything may be used. */
    static Cluster cluster() {
        return new Cluster(
                new Cluster.Instances(8, 4096 * MIB, 1e9, 1, 0, 1, 45), new Cluster.Brokers(3, 1e9, 4000, 3, 2, 1), 10);
    }
}
