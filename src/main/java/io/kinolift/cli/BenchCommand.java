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
        description = "Runs the operators beside FFmpeg's filters and their limits, in turn, and prints medians.")
final class BenchCommand implements Callable<Integer> {
    private static final int ROUNDS = 9;
    private static final int QUICK_ROUNDS = 5;

    @Option(names = "--quick", description = "fewer rounds and a shorter warm-up")
    private boolean quick;

    @Option(names = "--only", paramLabel = "TEXT", defaultValue = "", description = "workloads whose name has this in it")
    private String only;

    @Override
    public Integer call() {
        KernelRaces races = new KernelRaces(new Race(quick ? QUICK_ROUNDS : ROUNDS, quick ? 1.5 : 4));
        for (Workload workload : KernelRaces.usual().stream().filter(each -> each.name().contains(only)).toList()) {
            print(races.run(workload, text -> {}));
        }
        return 0;
    }

    private static void print(KernelRaces.Result result) {
        System.out.println(result.workload().name());
        List<Race.Standing> standings = result.standings();
        for (Race.Standing standing : standings) {
            System.out.printf(Locale.ROOT, "  %-60s %9.3f ms  %7.2f x ours%n",
                    standing.contender(), standing.seconds() * 1000, standing.ratio());
        }
    }
}
