package io.kinolift.sizing.measure;

import io.kinolift.bench.BenchReport;
import io.kinolift.sizing.Curve;
import io.kinolift.sizing.Figures;
import io.kinolift.sizing.Job;
import io.kinolift.sizing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Figures from trials. Cores and changelogs are as measured at each load; for other bytes and memory, a straight line through
 * the smallest and the largest load says what more frames or more streams take, and what is fixed.
 *
 * @param workers threads that worked on a window
 * @param heapBytes that the instance had
 */
record Differences(Job job, int workers, double heapBytes) {
    /** A straight line that falls nowhere: noise makes no cost negative. */
    record Line(double fixed, double slope) {
        static Line through(double x1, double y1, double x2, double y2) {
            double slope = Math.max(0, (y2 - y1) / (x2 - x1));
            double fixed = y1 - slope * x1;
            return fixed >= 0 ? new Line(fixed, slope) : new Line(0, y2 / x2);
        }
    }

    /** @param idleCores without streams */
    Figures figures(double idleCores, List<Measured> loads, double rate, Figures.Restart restart) {
        Measured few = loads.getFirst();
        Measured more = loads.getLast();
        Curve cores = curve(idleCores, loads, this::made, Measured::cores);
        Curve changelog = curve(0, loads, Measured::inputs, Measured::changelog);
        Line input = byInput(few, more, trial -> trial.bytes(TestCluster.FRAMES::equals));
        Line output = line(few, more, Measured::outputs, trial -> trial.bytes(TestCluster.UPSCALED::equals));
        Line accounts = byInput(few, more, trial -> trial.bytes(TestCluster.ACCOUNTS::equals));
        Line coordination = byInput(few, more, Measured::coordination);
        Line memory = line(few, more, Measured::streams, Measured::resident);
        Line heap = line(few, more, Measured::streams, Measured::heap);
        return new Figures(
                BenchReport.Machine.here(),
                job,
                new Figures.Load(loads.stream().map(Measured::streams).toList(), rate),
                new Figures.Processor(
                        cores,
                        workers,
                        serialShare(Samples.of(more.windows()).mean(), cores.perInput() * job.window()),
                        Samples.of(more.windows()),
                        Samples.of(more.commits())),
                new Figures.Bytes(
                        input.slope(),
                        output.slope(),
                        changelog,
                        accounts.slope(),
                        // What does not grow with frames is of commits, and those of a thread.
                        input.fixed()
                                + output.fixed()
                                + accounts.fixed()
                                + coordination.fixed()
                                + coordination.slope() * more.inputs()),
                new Figures.Memory(memory.fixed(), memory.slope(), heapBytes, heap.fixed(), heap.slope()),
                restart);
    }

    /** Cores are for frames that were made, not for those that wait. */
    private double made(Measured load) {
        return load.outputs() / job.factor().toDouble();
    }

    /**
     * Noise makes nothing cheaper than less of it. Where more streams gave no more frames, the machine had reached its end,
     * and the load says nothing.
     */
    private static Curve curve(
            double idle, List<Measured> loads, ToDoubleFunction<Measured> inputs, ToDoubleFunction<Measured> cost) {
        List<Curve.Point> points = new ArrayList<>();
        points.add(new Curve.Point(0, idle));
        for (Measured load : loads) {
            Curve.Point last = points.getLast();
            double perSecond = inputs.applyAsDouble(load);
            if (perSecond > last.inputs()) {
                points.add(new Curve.Point(perSecond, Math.max(cost.applyAsDouble(load), last.cost())));
            }
        }
        return new Curve(points);
    }

    private static Line byInput(Measured few, Measured more, ToDoubleFunction<Measured> bytes) {
        return line(few, more, Measured::inputs, bytes);
    }

    private static Line line(Measured few, Measured more, ToDoubleFunction<Measured> x, ToDoubleFunction<Measured> y) {
        return Line.through(x.applyAsDouble(few), y.applyAsDouble(few), x.applyAsDouble(more), y.applyAsDouble(more));
    }

    /**
     * By Amdahl's law, from a window's time on the clock and its work. The work is that of the whole process, with what
     * belongs to no window, and the clock also runs while others have the cores; so it is a rough value, and what it says
     * of more workers than were measured is unchecked.
     *
     * @param work core seconds
     */
    private double serialShare(double clock, double work) {
        return workers == 1 ? 0 : Math.clamp((workers * clock / work - 1) / (workers - 1), 0, 1);
    }
}
