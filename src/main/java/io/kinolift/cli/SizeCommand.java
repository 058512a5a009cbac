package io.kinolift.cli;

import io.kinolift.sizing.Cluster;
import io.kinolift.sizing.Estimate;
import io.kinolift.sizing.Figures;
import io.kinolift.sizing.FiguresFile;
import io.kinolift.sizing.Growth;
import io.kinolift.sizing.Job;
import io.kinolift.sizing.Model;
import io.kinolift.sizing.Scenario;
import io.kinolift.sizing.Simulation;
import io.kinolift.sizing.SimulationResult;
import io.kinolift.sizing.SizeJson;
import io.kinolift.sizing.SizePlot;
import io.kinolift.sizing.SizeReport;
import io.kinolift.sizing.measure.Calibration;
import io.kinolift.sizing.measure.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a number of streams will cost. */
@Command(
        name = "size",
        mixinStandardHelpOptions = true,
        footer = {
            "  kinolift size --streams 1000 --in 960x540@30 --out 1920x1080@60 --operator best",
            "  kinolift size --streams 1000 --in 320x180@15 --out 640x360@30 --codec jpeg --figures small.json",
            "  kinolift size --streams 10000 --figures small.json --cores 16 --plot size.png"
        },
        exitCodeList = {ExitCodes.SAYS_DONE, ExitCodes.SAYS_FAILED, ExitCodes.SAYS_USAGE},
        description = {
            "Says what a number of streams will cost.",
            "Measures an instance on this machine, with a broker of its own, for three minutes or more, and computes from that: instances, cores, memory, brokers, disks, and what happens when an instance is lost. Prints what was measured and what is assumed. On a machine that does nothing else."
        })
final class SizeCommand implements Callable<Integer> {
    /** Enough for the latency of calm, and for the lag before a failure. */
    private static final double CALM_SECONDS = 30;
    /** To catch up. Whoever needs longer has hardly any reserve. */
    private static final double AFTER_SECONDS = 180;

    private static final int USUAL_HEAP_MIB = 512;
    private static final long MIB = 1 << 20;

    @Option(names = "--streams", paramLabel = "N", required = true, description = "streams at once")
    private int streams;

    @Mixin
    private JobOptions job;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--figures",
            paramLabel = "FILE",
            description = "what was measured: read if the file exists, else measured and written there")
    private Path figuresFile;

    @Option(
            names = "--clip",
            paramLabel = "VIDEO",
            description = "pictures to measure with; without it FFmpeg's test picture; not with figures that exist")
    private Path clip;

    @Option(
            names = "--heap",
            paramLabel = "MIB",
            description = "heap of an instance, -Xmx, in MiB (default that of the figures, or 512)")
    private Integer heap;

    @Option(names = "--bytes-in", paramLabel = "N", description = "bytes of an input frame, instead of those measured")
    private Double bytesIn;

    @Option(
            names = "--bytes-out",
            paramLabel = "N",
            description = "bytes of an output frame, instead of those measured")
    private Double bytesOut;

    @Option(
            names = "--check",
            paramLabel = "N",
            split = ",",
            description = "also runs these numbers of streams here, and compares them with the model")
    private List<Integer> checks = List.of();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of the simulation (default 1)")
    private long seed;

    @Option(names = "--json", description = "one JSON object instead of words")
    private boolean json;

    @Option(names = "--plot", paramLabel = "FILE", description = "also draws limits and latency, as PNG")
    private Path plot;

    @Override
    public Integer call() throws IOException, InterruptedException {
        LateFiles.requirePlaces(plot, figuresFile == null || Files.exists(figuresFile) ? null : figuresFile);
        requirePositive("--streams", streams);
        requirePositive("--heap", heapMib());
        checks.forEach(number -> requirePositive("--check", number));
        // Before minutes of measurement.
        Cluster assumed = cluster.cluster();
        requirePositive("--bytes-in", bytesIn);
        requirePositive("--bytes-out", bytesOut);
        Figures figures = figures();
        Model model;
        Estimate estimate;
        try {
            model = new Model(figures.withBytes(bytesIn, bytesOut), assumed);
            estimate = model.of(streams);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        SizeReport report =
                new SizeReport(model, estimate, Growth.of(model, estimate).first(), simulate(model, estimate));
        if (json) {
            System.out.println(SizeJson.of(report));
        } else {
            report.lines().forEach(System.out::println);
        }
        if (plot != null) {
            SizePlot.write(report, plot);
        }
        return ExitCodes.DONE;
    }

    private static void requirePositive(String option, int number) {
        if (number < 1) {
            throw new UsageException("expected " + option + " of at least 1, found " + number);
        }
    }

    private static void requirePositive(String option, Double number) {
        if (number != null && !(number > 0)) {
            throw new UsageException("expected " + option + " above 0, found " + number);
        }
    }

    private int heapMib() {
        return heap == null ? USUAL_HEAP_MIB : heap;
    }

    private Figures figures() throws IOException, InterruptedException {
        if (figuresFile != null && Files.exists(figuresFile)) {
            if (!checks.isEmpty()) {
                throw new UsageException("expected --check without figures of another run, found " + figuresFile);
            }
            try {
                Figures figures = FiguresFile.read(figuresFile);
                job.requireSame(figures.job());
                requireMeasured(figures);
                return figures;
            } catch (IllegalArgumentException e) {
                throw new UsageException(e.getMessage());
            }
        }
        Job asked = job.job();
        Calibration.Outcome outcome =
                new Calibration(asked, clip, heapMib() * MIB, Calibration.Times.USUAL, System.err::println).run(checks);
        if (figuresFile != null) {
            FiguresFile.write(outcome.figures(), figuresFile);
        }
        outcome.checks()
                .forEach(trial -> lines(Check.of(outcome.figures(), trial)).forEach(System.err::println));
        return outcome.figures();
    }

    /** What a file of figures has been measured with cannot be changed. */
    private void requireMeasured(Figures figures) {
        if (heap != null && heap * MIB != figures.memory().heapLimit()) {
            throw new UsageException(String.format(
                    Locale.ROOT,
                    "expected --heap %.0f as in %s, found %d",
                    figures.memory().heapLimit() / MIB,
                    figuresFile,
                    heap));
        }
        if (clip != null) {
            throw new UsageException("expected --clip without figures of another run, found " + figuresFile);
        }
    }

    private static List<String> lines(Check check) {
        TextTable table = new TextTable(check.streams() + " streams", "model", "measured", "unit", "model is");
        for (Check.Row row : check.rows()) {
            table.add(List.of(
                    row.name(),
                    String.format(Locale.ROOT, "%.3f", row.model()),
                    String.format(Locale.ROOT, "%.3f", row.measured()),
                    row.unit(),
                    String.format(Locale.ROOT, "%+.0f %%", 100 * row.error())));
        }
        List<String> lines = new ArrayList<>(table.lines());
        if (check.behind()) {
            lines.add("  this machine did not keep up, so the model does not apply");
        }
        return lines;
    }

    private SimulationResult simulate(Model model, Estimate estimate) {
        boolean canFail = estimate.instances() > 1;
        double seconds =
                CALM_SECONDS + (canFail ? estimate.failure().lostInTransaction() + AFTER_SECONDS : CALM_SECONDS);
        return Simulation.run(Scenario.of(model, estimate, seconds, canFail ? CALM_SECONDS : Double.NaN), seed);
    }
}
