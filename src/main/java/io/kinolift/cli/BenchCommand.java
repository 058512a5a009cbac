package io.kinolift.cli;

import io.kinolift.bench.KernelRaces;
import io.kinolift.bench.Race;
import io.kinolift.bench.Workload;
import java.util.List;
import java.util.Locale;
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

    @Override
    public Integer call() {
        List<Workload> workloads =
                KernelRaces.usual().stream().filter(each -> each.name().contains(only)).toList();
        if (workloads.isEmpty()) {
            throw new UsageException("expected --only to name one of "
                    + KernelRaces.usual().stream().map(Workload::name).toList() + ", found " + only);
        }
        Race race = quick
                ? new Race(QUICK_ROUNDS, QUICK_WARM_UP_SECONDS) : new Race(ROUNDS, WARM_UP_SECONDS);
        for (Workload workload : workloads) {
            System.err.println(workload.name() + " ...");
            print(new KernelRaces(race).run(workload, _ -> {}), KernelRaces.peak());
        }
        return 0;
    }

    private static void print(KernelRaces.Result result, double peak) {
        Workload workload = result.workload();
        System.out.printf(Locale.ROOT, "%s, %dx%d%n", workload.name(), workload.width(), workload.height());
        for (Race.Standing standing : result.standings()) {
            System.out.printf(Locale.ROOT, "  %-32s %9.3f ms %8.2f x ours%n",
                    standing.contender(), standing.seconds() * 1000, standing.ratio());
        }
        if (result.multiplyAdds() > 0) {
            double perSecond = result.multiplyAdds() / result.standings().getFirst().seconds();
            System.out.printf(Locale.ROOT, "  %.1f of at most %.1f thousand million multiply-adds per second: %.0f %%%n",
                    perSecond / 1e9, peak / 1e9, 100 * perSecond / peak);
        }
    }
}
