package io.kinolift.sizing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An estimate in words, with what each figure rests on. */
public record SizeReport(Model model, Estimate estimate, Growth.First first, SimulationResult simulation) {
    private static final double MIB = 1 << 20;

    /** For a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(estimate.streams() + " streams of " + model.figures().job());
        lines.addAll(cost());
        lines.add("");
        int spare = model.cluster().instances().spare();
        lines.add(
                spare == 0
                        ? "used of each limit"
                        : text(
                                "used of each limit, by %d instances, with %d spare lost",
                                estimate.instances() - spare, spare));
        for (Estimate.Share share : estimate.shares()) {
            lines.add(text(
                    "  %-34s %8.1f of %.1f %s, %.0f %%%s",
                    share.limit(),
                    share.used(),
                    share.available(),
                    share.unit(),
                    100 * share.value(),
                    share.value() <= 1 ? "" : " " + share.beyond()));
        }
        lines.add("  " + firstLimit());
        lines.add("");
        lines.addAll(simulated());
        lines.add("");
        lines.add("measured");
        measured().forEach(line -> lines.add("  " + line));
        lines.add("assumed");
        assumed().forEach(line -> lines.add("  " + line));
        return lines;
    }

    private List<String> cost() {
        Cluster.Instances each = model.cluster().instances();
        Estimate.Traffic traffic = estimate.traffic();
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "  %-20s %d of %d cores and %.0f MiB, %d of them spare, which work too; num.stream.threads=%d, kinolift.threads=%d",
                "instances",
                estimate.instances(),
                each.cores(),
                each.memory() / MIB,
                each.spare(),
                estimate.threads(),
                estimate.workers()));
        lines.add(text("  %-20s %.1f busy on average, of all instances", "cores", estimate.cores()));
        lines.add(text(
                "  %-20s %.1f GiB, %.0f MiB each",
                "memory", estimate.memory() / MIB / 1024, estimate.memory() / MIB / estimate.instances()));
        lines.addAll(start());
        lines.add(text("  %-20s %d for each topic", "partitions", estimate.partitions()));
        lines.add(text(
                "  %-20s %.1f MB/s in, %.1f MB/s out, all brokers together, %d copies included",
                "brokers",
                traffic.brokersIn() / 1e6,
                traffic.brokersOut() / 1e6,
                model.cluster().brokers().replication()));
        lines.add(text(
                "  %-20s %.1f MB/s written, %.1f of them changelogs",
                "clients", traffic.written() / 1e6, traffic.changelog() / 1e6));
        for (Estimate.Disk disk : estimate.disks()) {
            lines.add(text(
                    "  %-20s %.1f GB an hour, about %.1f GB kept",
                    disk.topic(), disk.perHour() / 1e9, disk.kept() / 1e9));
        }
        Estimate.Failure failure = estimate.failure();
        lines.add(text(
                "  %-20s about %.1f s without output if it starts again at once with its id",
                "killed instance", failure.restarted()));
        lines.add(text(
                "  %-20s about %.1f s if others take over: %.0f s session timeout, %.1f s to begin, %.1f s of changelogs",
                "", failure.lost(), failure.waited(), failure.takenOver(), failure.restored()));
        lines.add(text(
                "  %-20s up to %.1f s if it was within a transaction, which is open for %.0f s more",
                "", failure.lostInTransaction(), failure.transaction()));
        return lines;
    }

    private List<String> start() {
        Estimate.Start start = estimate.start();
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "  %-20s %.0f MiB each: heap %.0f, %d x kinolift.native.memory.bytes %.0f, %d x caches of a partition %.0f",
                "required by a start",
                start.needed() / MIB,
                start.heap() / MIB,
                start.threads(),
                start.nativeBytes() / MIB,
                start.partitions(),
                start.cacheBytes() / MIB));
        if (!start.fits()) {
            lines.add(text(
                    "  %-20s more than %.0f: `run` refuses it. %s",
                    "", start.available() / MIB, remedy(start.roomForCaches() / MIB)));
        }
        return lines;
    }

    private static String remedy(double room) {
        String caches =
                "kinolift.picture.cache.bytes, kinolift.decoder.cache.bytes and (inter-coded outputs) kinolift.encoder.cache.bytes";
        return (room > 0
                        ? text("Lower %s to %.1f MiB together", caches, room)
                        : "Lower kinolift.native.memory.bytes and " + caches)
                + ", or set kinolift.start.check=warn";
    }

    private String firstLimit() {
        return first.streams() == 0
                ? "not even one stream fits: " + first.limit().limit()
                : text(
                        "this cluster first meets its limit at %d streams: %s",
                        first.streams(), first.limit().limit());
    }

    private List<String> simulated() {
        SimulationResult.Latency calm = simulation.calm();
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "simulated: from capture to commit, half within %.0f ms, 99 %% within %.0f ms",
                calm.p50() * 1e3, calm.p99() * 1e3));
        lines.add(text("  the busiest stream thread works %.0f %% of its time", 100 * simulation.busiest()));
        if (simulation.caughtUp() > 0 || Double.isNaN(simulation.caughtUp())) {
            lines.add(text(
                    "  an instance is lost within a transaction: up to %d frames wait, %s",
                    simulation.mostLag(), caughtUp()));
        }
        return lines;
    }

    private String caughtUp() {
        return Double.isNaN(simulation.caughtUp())
                ? text(
                        "and more than before still did when the simulation ended, %.0f s after the loss",
                        simulation.watched())
                : text(
                        "%.0f s until at most %.1f times as many wait as before",
                        simulation.caughtUp(), Recorder.AS_BEFORE);
    }

    private List<String> measured() {
        Figures figures = model.figures();
        Figures.Processor processor = figures.processor();
        return List.of(
                "on " + figures.machine(),
                text(
                        "with %s streams of %.1f frames per second each; broker and clients on the same cores",
                        figures.load().streams(), figures.load().rate()),
                "cores of an instance with one stream thread: " + curve(processor.cores(), "%.3f"),
                text(
                        "a window takes %.1f ms with %d workers (99 %%: %.1f); %.0f %% of its work is one thread's alone",
                        processor.window().mean() * 1e3,
                        processor.workers(),
                        processor.window().quantile(0.99) * 1e3,
                        100 * processor.serialShare()),
                text(
                        "a commit takes %.1f ms (99 %%: %.1f)",
                        processor.commit().mean() * 1e3, processor.commit().quantile(0.99) * 1e3),
                text(
                        "bytes: %.0f of an input, %.0f of an output and %.0f of accounts for an input",
                        figures.bytes().input(),
                        figures.bytes().output(),
                        figures.bytes().accounts()),
                "bytes of changelogs per second: " + curve(figures.bytes().changelog(), "%.0f"),
                text(
                        "memory: %.0f MiB for an instance with its heap of %.0f, %.1f for a stream; of the heap %.1f and %.2f",
                        figures.memory().base() / MIB,
                        figures.memory().heapLimit() / MIB,
                        figures.memory().perStream() / MIB,
                        figures.memory().heapBase() / MIB,
                        figures.memory().heapPerStream() / MIB),
                text("changelogs are read at %.0f MB/s", figures.restart().changelogBytesPerSecond() / 1e6));
    }

    private static String curve(Curve curve, String format) {
        return curve.points().stream()
                .map(point -> text(format + " at %.1f inputs/s", point.cost(), point.inputs()))
                .collect(Collectors.joining(", "));
    }

    private List<String> assumed() {
        Cluster.Instances each = model.cluster().instances();
        Cluster.Brokers brokers = model.cluster().brokers();
        List<String> lines = new ArrayList<>();
        if (model.figures().load().rate() < model.inputsPerSecond() * 0.99) {
            lines.add(text(
                    "that a frame takes the same at %s frames per second, which this machine cannot reach",
                    model.figures().job().input().rate()));
        }
        lines.add("that the machines are like this one, and all pictures like those that were measured");
        lines.add(text(
                "at most %.0f %% of cores, networks and brokers in use, and of a stream thread by one stream; the stream thread"
                        + " with most streams just keeps up",
                100 * each.target()));
        lines.add("that more workers share a window by Amdahl's law");
        lines.add("that a stream thread does nothing but windows and commits; polls and stores are in the cores only");
        lines.add("that a commit takes as long as with one broker, which has one copy");
        lines.add(text(
                "%d brokers that write %.0f MB/s and hold %d replicas each; %.0f MB/s for an instance's network",
                brokers.count(), brokers.write() / 1e6, brokers.partitions(), each.network() / 1e6));
        lines.add(
                text("%d readers of each output; frames kept for %.1f h", brokers.readers(), brokers.retentionHours()));
        lines.add(text(
                "session.timeout.ms of %.0f s, transaction.timeout.ms of %.0f s",
                each.sessionSeconds(), estimate.failure().transaction()));
        return lines;
    }

    @SuppressWarnings("AnnotateFormatMethod") // Its annotation is of a library that only tests have.
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
