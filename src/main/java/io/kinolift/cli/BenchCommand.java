package io.kinolift.cli;

import io.kinolift.bench.BenchPlot;
import io.kinolift.bench.BenchReport;
import io.kinolift.bench.CostGrowth;
import io.kinolift.bench.CostGrowthPlot;
import io.kinolift.bench.KernelRaces;
import io.kinolift.bench.LiveLatency;
import io.kinolift.bench.MemoryUse;
import io.kinolift.bench.Overload;
import io.kinolift.bench.OverloadPlot;
import io.kinolift.bench.Peer;
import io.kinolift.bench.PipelineInputs;
import io.kinolift.bench.PipelineRaces;
import io.kinolift.bench.Race;
import io.kinolift.bench.WarmUp;
import io.kinolift.bench.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares Kinolift with its peers. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        footer = {"  kinolift bench --quick"},
        exitCodeList = {ExitCodes.SAYS_DONE, ExitCodes.SAYS_FAILED, ExitCodes.SAYS_USAGE},
        description = {
            "Measures speed, beside FFmpeg, OpenCV and libtorch.",
            "Runs the operators beside their peers and their limits, in turn, on one thread and Kinolift on two as well, and whole pipelines beside FFmpeg on all cores; prints medians per output frame. On a machine that does nothing else."
        })
final class BenchCommand implements Callable<Integer> {
    private static final int ROUNDS = 9;
    private static final int QUICK_ROUNDS = 5;
    private static final WarmUp WARM_UP = WarmUp.seconds(4);
    private static final WarmUp QUICK_WARM_UP = WarmUp.seconds(1.5);
    private static final Duration LIVE_WARM_UP = Duration.ofSeconds(60);
    private static final long LIVE_BUDGET_MILLIS = 500;
    private static final WarmUp PIPELINE_WARM_UP = new WarmUp(20, 90);
    private static final int QUICK_PIPELINE_ROUNDS = 2;
    private static final WarmUp QUICK_PIPELINE_WARM_UP = WarmUp.seconds(3);

    @Option(names = "--quick", description = "fewer rounds and a shorter warm-up")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "workloads whose name has this in it")
    private String only;

    @Option(names = "--json", paramLabel = "FILE", description = "also writes the figures here")
    private Path json;

    @Option(names = "--plot", paramLabel = "FILE", description = "also draws the figures, as PNG")
    private Path plot;

    @Option(
            names = "--clip",
            paramLabel = "VIDEO",
            description = "pictures of the pipelines, played over and over; without it FFmpeg's test picture")
    private Path clip;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "120",
            description = "input frames per round of a pipeline (${DEFAULT-VALUE})")
    private int frames;

    @Option(
            names = "--live",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "also times frames that are sent in real time, from capture to arrival, for so long")
    private int live;

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "0",
            description = "also measures memory, with this many streams at once")
    private int streams;

    @Option(
            names = "--scaling",
            paramLabel = "FILE",
            description = "also draws how cost grows with the size of pictures and the length of a clip, as PNG")
    private Path scaling;

    @Option(
            names = "--overload",
            paramLabel = "FILE",
            description =
                    "also draws how a live stream keeps within a latency budget while another load takes half of the cores, as PNG; two minutes")
    private Path overload;

    @Option(
            names = "--overload-height",
            paramLabel = "N",
            defaultValue = "108",
            description =
                    "height of the live stream's pictures, which are 16:9 (default ${DEFAULT-VALUE}); choose one that the machine can just keep up with")
    private int overloadHeight;

    @Override
    public Integer call() throws IOException, InterruptedException {
        LateFiles.requirePlaces(json, plot, scaling, overload);
        if (frames < 1) {
            throw new UsageException("expected --frames of at least 1, found " + frames);
        }
        if (overloadHeight < 2) {
            throw new UsageException("expected --overload-height of at least 2, found " + overloadHeight);
        }
        List<Workload> workloads = KernelRaces.usual().stream()
                .filter(each -> each.name().contains(only))
                .toList();
        List<PipelineRaces.Job> jobs = PipelineRaces.usual().stream()
                .filter(each -> each.name().contains(only))
                .toList();
        if (workloads.isEmpty() && jobs.isEmpty() && live + streams == 0 && scaling == null && overload == null) {
            throw new UsageException("expected --only to name one of "
                    + Stream.concat(
                                    KernelRaces.usual().stream().map(Workload::name),
                                    PipelineRaces.usual().stream().map(PipelineRaces.Job::name))
                            .toList()
                    + ", found " + only);
        }
        Race race = quick ? new Race(QUICK_ROUNDS, QUICK_WARM_UP) : new Race(ROUNDS, WARM_UP);
        BenchReport report = new BenchReport(BenchReport.Machine.here(), KernelRaces.peak(), new ArrayList<>());
        System.out.println(report.machine());
        KernelRaces kernels = new KernelRaces(race, ServiceLoader.load(Peer.class));
        for (Workload workload : workloads) {
            System.err.println(workload.name() + " ...");
            add(report, kernels.run(workload, _ -> {}));
        }
        PipelineRaces pipelines = new PipelineRaces(
                quick
                        ? new Race(QUICK_PIPELINE_ROUNDS, QUICK_PIPELINE_WARM_UP)
                        : new Race(QUICK_ROUNDS, PIPELINE_WARM_UP),
                new PipelineInputs.Source(clip, frames),
                Runtime.getRuntime().availableProcessors());
        for (PipelineRaces.Job job : jobs) {
            System.err.println(job.name() + " ...");
            add(report, pipelines.run(job, _ -> {}));
        }
        if (json != null) {
            report.writeJson(json);
        }
        if (plot != null) {
            BenchPlot.write(report, plot);
        }
        for (String guarantee : live > 0 ? List.of("exactly_once_v2", "at_least_once") : List.<String>of()) {
            System.err.println("live, " + guarantee + " ...");
            System.out.println("live 540p30 to 1080p60, window 1, "
                    + new LiveLatency(new PipelineInputs.Source(clip, frames), LIVE_WARM_UP)
                            .run(guarantee, Duration.ofSeconds(live)));
        }
        if (streams > 0) {
            System.err.println(streams + " streams ...");
            System.out.println(new MemoryUse(new PipelineInputs.Source(clip, frames)).run(streams));
        }
        if (scaling != null) {
            CostGrowth lines = new CostGrowth(race);
            CostGrowthPlot.write(
                    lines.bySize(System.err::println), lines.byLength(System.err::println), report.machine(), scaling);
        }
        if (overload != null) {
            System.err.println("overload ...");
            Overload.Result result = new Overload(
                            new PipelineInputs.Source(clip, frames),
                            overloadHeight * 16 / 9 / 2 * 2,
                            overloadHeight,
                            Overload.Phases.USUAL,
                            Runtime.getRuntime().availableProcessors())
                    .run(LIVE_BUDGET_MILLIS);
            result.lines().forEach(System.out::println);
            OverloadPlot.write(result, report.machine().toString(), overload);
        }
        return 0;
    }

    private static void add(BenchReport report, BenchReport.Entry entry) {
        report.entries().add(entry);
        report.table(entry).forEach(System.out::println);
    }
}
