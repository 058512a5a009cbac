package io.kinolift.sizing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A discrete-event simulation of streams, partitions and stream threads. Threads share nothing, so each is simulated on its
 * own; those of the instance that fails first, up to its end, and then the others with what it leaves. The same seed gives
 * the same result.
 *
 * <p>Window and commit times are drawn from those measured. A frame's latency is from its capture to the commit of its
 * window, for all frames of the window.
 */
public final class Simulation {
    private final Scenario scenario;
    private final SplittableRandom random;
    private final Recorder record;

    private Simulation(Scenario scenario, long seed) {
        this.scenario = scenario;
        random = new SplittableRandom(seed);
        record = new Recorder(scenario);
    }

    /** Runs a scenario. */
    public static SimulationResult run(Scenario scenario, long seed) {
        return new Simulation(scenario, seed).run();
    }

    private SimulationResult run() {
        int threads = scenario.instances() * scenario.threads();
        List<List<SimulatedThread.Sender>> byPartition = new ArrayList<>();
        for (int partition = 0; partition < scenario.partitions(); partition++) {
            byPartition.add(new ArrayList<>());
        }
        for (int id = 0; id < scenario.streams(); id++) {
            double phase = random.nextDouble() / scenario.rate();
            SimulatedThread.Sender stream =
                    new SimulatedThread.Sender(id, random.nextInt(scenario.partitions()), phase);
            byPartition.get(stream.partition()).add(stream);
            record.sends(stream);
        }
        List<SimulatedThread> all = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            all.add(new SimulatedThread(scenario, random.split()));
        }
        for (int partition = 0; partition < scenario.partitions(); partition++) {
            SimulatedThread owner = all.get(partition % threads);
            byPartition.get(partition).forEach(stream -> owner.add(stream, 0, 0));
        }
        List<SimulatedThread> living = all;
        if (scenario.failure() != null) {
            // Partition p is on thread p % threads: thread t belongs to instance t % instances.
            List<SimulatedThread> failing = new ArrayList<>();
            living = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                (thread % scenario.instances() == 0 ? failing : living).add(all.get(thread));
            }
            fail(failing, living, byPartition);
        }
        for (SimulatedThread thread : living) {
            thread.run(scenario.seconds(), record);
            record.worked(thread.busySeconds());
            thread.held().forEach(record::holds);
        }
        return record.result();
    }

    private void fail(
            List<SimulatedThread> failing,
            List<SimulatedThread> living,
            List<List<SimulatedThread.Sender>> byPartition) {
        double at = Math.min(scenario.failure().at(), scenario.seconds());
        long[] firstWindow = new long[scenario.streams()];
        boolean[] left = new boolean[scenario.streams()];
        for (SimulatedThread thread : failing) {
            thread.run(at, record);
            for (SimulatedThread.Window window : thread.held()) {
                firstWindow[window.sender().id()] = window.index();
                left[window.sender().id()] = true;
            }
        }
        int next = 0;
        for (List<SimulatedThread.Sender> partition : byPartition) {
            if (partition.stream().noneMatch(stream -> left[stream.id()])) {
                continue;
            }
            SimulatedThread heir = living.get(next++ % living.size());
            partition.forEach(stream -> heir.add(
                    stream, firstWindow[stream.id()], at + scenario.failure().outage()));
        }
    }
}
