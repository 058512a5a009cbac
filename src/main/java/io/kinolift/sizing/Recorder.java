package io.kinolift.sizing;

import java.util.ArrayList;
import java.util.List;

/** Counts while a simulation runs. */
final class Recorder implements SimulatedThread.Commits {
    /** Queues fill and first commits come. */
    private static final int START_SECONDS = 3;

    /** Lag counts as that before a failure up to so many times the most of then. */
    static final double AS_BEFORE = 1.2;

    private final Scenario scenario;
    private final List<Latencies> bySecond = new ArrayList<>();
    private final long[] arrivedBySecond;
    private final long[] committedBySecond;
    private double busiest;
    private long held;

    Recorder(Scenario scenario) {
        this.scenario = scenario;
        int seconds = (int) Math.ceil(scenario.seconds());
        arrivedBySecond = new long[seconds];
        committedBySecond = new long[seconds];
        for (int second = 0; second < seconds; second++) {
            bySecond.add(new Latencies());
        }
    }

    void sends(SimulatedThread.Sender sender) {
        long frame = 0;
        for (double at = sender.phase(); at <= scenario.seconds(); at = sender.captured(scenario, ++frame)) {
            arrivedBySecond[second(at)]++;
        }
    }

    @Override
    public void committed(SimulatedThread.Window window, double seconds) {
        for (int i = 0; i < scenario.window(); i++) {
            double captured = window.sender().captured(scenario, window.index() * scenario.window() + i);
            bySecond.get(second(captured)).add(seconds - captured);
        }
        committedBySecond[second(seconds)] += scenario.window();
    }

    private int second(double at) {
        return Math.min((int) at, arrivedBySecond.length - 1);
    }

    void worked(double seconds) {
        busiest = Math.max(busiest, seconds / scenario.seconds());
    }

    /** All frames of a stream from a window on. */
    void holds(SimulatedThread.Window first) {
        for (long frame = first.index() * scenario.window();
                first.sender().captured(scenario, frame) <= scenario.seconds();
                frame++) {
            held++;
        }
    }

    SimulationResult result() {
        List<SimulationResult.Point> points = new ArrayList<>();
        double failedAt = scenario.failure() == null
                ? Double.MAX_VALUE
                : scenario.failure().at();
        Latencies calm = new Latencies();
        long arrived = 0;
        long committed = 0;
        long calmLag = 0;
        long mostLag = 0;
        double caughtUp = Double.NaN;
        for (int second = 0; second < bySecond.size(); second++) {
            arrived += arrivedBySecond[second];
            committed += committedBySecond[second];
            long lag = arrived - committed;
            mostLag = Math.max(mostLag, lag);
            points.add(new SimulationResult.Point(SimulationResult.Latency.of(bySecond.get(second)), lag));
            boolean calmSecond = second + 1 <= failedAt;
            if (calmSecond) {
                calmLag = Math.max(calmLag, lag);
                if (second >= START_SECONDS || bySecond.size() <= START_SECONDS) {
                    calm.add(bySecond.get(second));
                }
            }
            boolean asBefore = lag <= AS_BEFORE * calmLag;
            caughtUp = calmSecond || !asBefore ? Double.NaN : Double.isNaN(caughtUp) ? second + 1 - failedAt : caughtUp;
        }
        return new SimulationResult(
                SimulationResult.Latency.of(calm),
                points,
                mostLag,
                scenario.failure() == null ? 0 : caughtUp,
                scenario.failure() == null ? 0 : Math.max(0, scenario.seconds() - failedAt),
                busiest,
                arrived,
                committed,
                held);
    }
}
