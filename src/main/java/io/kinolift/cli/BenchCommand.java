package io.kinolift.cli;

import io.kinolift.bench.BenchPlot;
import io.kinolift.bench.BenchReport;
import io.kinolift.bench.KernelRaces;
import io.kinolift.bench.Race;
import io.kinolift.bench.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kinolift beside its peers. */
@Command(name = "bench", mixinStandardHelpOptions = true,
        description = "Runs the operators beside FFmpeg's filters and their limits, in turn, on one thread, and prints "
                + "medians per output frame. On a machine that does nothing else.")
final class BenchCommand implements Callable<Integer> {
    private static final int ROUNDS = 9;
    private static final int QUICK_ROUNDS = 5;
    private static final double WARM_UP_SECONDS = 4;
    private static final double QUICK_WARM_UP_SECONDS = 1.5;

    @Option(names = "--quick", description = "fewer rounds and a shorter warm-up")
    private boolean quick;

    @Option(names = "--only", paramLabel = "TEXT", defaultValue = "",
            description = "workloads whose name has this in it")
    private String only;

    @Option(names = "--json", paramLabel = "FILE", description = "also writes the figures here")
    private Path json;

    @Option(names = "--plot", paramLabel = "FILE", description = "also draws the figures, as PNG")
    private Path plot;

    @Override
    public Integer call() throws IOException {
        List<Workload> workloads =
                KernelRaces.usual().stream().filter(each -> each.name().contains(only)).toList();
        if (workloads.isEmpty()) {
            throw new UsageException("expected --only to name one of "
                    + KernelRaces.usual().stream().map(Workload::name).toList() + ", found " + only);
        }
        Race race = quick
                ? new Race(QUICK_ROUNDS, QUICK_WARM_UP_SECONDS) : new Race(ROUNDS, WARM_UP_SECONDS);
        BenchReport report = new BenchReport(BenchReport.Machine.here(), KernelRaces.peak(), new ArrayList<>());
        System.out.println(report.machine());
        for (Workload workload : workloads) {
            System.err.println(workload.name() + " ...");
            BenchReport.Entry entry = new KernelRaces(race).run(workload, _ -> {});
            report.entries().add(entry);
            report.table(entry).forEach(System.out::println);
        }
        if (json != null) {
            report.writeJson(json);
        }
        if (plot != null) {
            BenchPlot.write(report, plot);
        }
        return 0;
    }
}
