package io.kinolift.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The outputs of two input frames by Kinolift's operators, for a look under a profiler; races are for comparisons. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class KernelBenchmark {
    /** Names of {@link KernelRaces#usual()}. */
    @Param({
        "trilinear 2,2,2 yuv420p",
        "trilinear 2,2,2 yuv420p10",
        "trilinear 1,1.5,1.5 luma",
        "trilinear 2.5,3,3 luma",
        "bicubic 1,2,2 luma",
        "bicubic 2,2,2 yuv420p",
        "conv-transpose3d k4 s2 luma",
        "conv-transpose3d k4 s2 rgb",
        "conv-transpose3d k4 s2 rgb of yuv420p",
        "conv-transpose3d k12 s2 luma, space",
        "motion 2,1,1 yuv420p 720p",
        "motion 2,1,1 yuv420p 1080p"
    })
    public String workload;

    private Racer contender;

    /** Makes the inputs. */
    @Setup
    public void open() {
        contender = new OurKernel(KernelRaces.usual().stream()
                .filter(each -> each.name().equals(workload))
                .findFirst()
                .orElseThrow());
    }

    /** Makes the outputs. */
    @Benchmark
    public void round() {
        contender.round();
    }

    /** Frees both. */
    @TearDown
    public void close() {
        contender.close();
    }
}
