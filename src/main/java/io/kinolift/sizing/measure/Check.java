package io.kinolift.sizing.measure;

import io.kinolift.sizing.Cluster;
import io.kinolift.sizing.Estimate;
import io.kinolift.sizing.Figures;
import io.kinolift.sizing.Model;
import io.kinolift.sizing.Scenario;
import io.kinolift.sizing.Simulation;
import io.kinolift.sizing.SimulationResult;
import java.util.Arrays;
import java.util.List;

/**
 * A number of streams on this machine, as the model has it and as it was measured.
 *
 * @param behind whether the machine made fewer frames than came in; then the model does not apply
 */
public record Check(int streams, boolean behind, List<Row> rows) {
    private static final double KEPT_UP = 0.97;
    private static final double SIMULATED_SECONDS = 60;
    private static final long SEED = 1;

    /** One figure. */
    public record Row(String name, String unit, double model, double measured) {
        /** Share by which the model is above what was measured. */
        public double error() {
            return model / measured - 1;
        }
    }

    /** Compares a trial with the model of one instance with one stream thread and one copy of each record. */
    public static Check of(Figures figures, Measured trial) {
        Cluster here = new Cluster(
                new Cluster.Instances(figures.processor().workers(), Double.MAX_VALUE, Double.MAX_VALUE, 1, 0, 1, 1),
                new Cluster.Brokers(1, Double.MAX_VALUE, Integer.MAX_VALUE, 1, 1, 1),
                TestCluster.PARTITIONS);
        Model model = new Model(figures, here);
        Estimate estimate = model.of(trial.streams(), 1, 1);
        SimulationResult.Latency latency = Simulation.run(
                        Scenario.of(model, estimate, SIMULATED_SECONDS, Double.NaN), SEED)
                .calm();
        double[] arrived = trial.latencies().clone();
        Arrays.sort(arrived);
        return new Check(
                trial.streams(),
                trial.outputs()
                        < KEPT_UP * trial.inputs() * figures.job().factor().toDouble(),
                List.of(
                        new Row("cores", "", estimate.cores(), trial.cores()),
                        new Row("memory", "MiB", estimate.memory() / (1 << 20), trial.resident() / (1 << 20)),
                        new Row(
                                "written to brokers",
                                "MB/s",
                                estimate.traffic().written() / 1e6,
                                trial.bytes(_ -> true) / 1e6),
                        new Row("changelogs", "MB/s", estimate.traffic().changelog() / 1e6, trial.changelog() / 1e6),
                        written("frames written", estimate, trial, TestCluster.FRAMES),
                        written("upscaled written", estimate, trial, TestCluster.UPSCALED),
                        new Row("latency, median", "ms", latency.p50() * 1e3, quantile(arrived, 0.5) * 1e3),
                        new Row("latency, 99 %", "ms", latency.p99() * 1e3, quantile(arrived, 0.99) * 1e3)));
    }

    private static Row written(String name, Estimate estimate, Measured trial, String topic) {
        double model = estimate.disks().stream()
                .filter(disk -> disk.topic().equals(topic))
                .mapToDouble(Estimate.Disk::perHour)
                .sum();
        return new Row(name, "GB/h", model / 1e9, trial.bytes(topic::equals) * 3600 / 1e9);
    }

    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
