package io.kinolift.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulation against queueing theory, against itself, and with an instance that fails. */
class SimulationTest {
    private static final Samples NOTHING = Samples.of(0);

    /** One thread, windows of one frame, and commits that take and wait for nothing: a queue with one server. */
    private static Scenario queue(int streams, double rate, double service) {
        return new Scenario(streams, rate, 1, 0, 1, 1, 1, Samples.of(service), NOTHING, 1e-9, 400, null);
    }

    /**
     * Many streams of random phase are nearly a Poisson process while the queue is short, so the mean time in it is that of
     * M/D/1: service + load * service / (2 (1 - load)).
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 0.7})
    void meanTime_isThatOfMD1(double load) {
        double service = 0.001;
        int streams = (int) Math.round(load / service);
        double sum = 0;
        int seeds = 8;
        for (int seed = 0; seed < seeds; seed++) {
            sum += Simulation.run(queue(10 * streams, 0.1, service), seed)
                    .calm()
                    .mean();
        }
        double expected = service + load * service / (2 * (1 - load));
        assertThat(sum / seeds).isCloseTo(expected, Percentage.withPercentage(3));
    }

    @Test
    void aLoneStream_waitsForItsWindowAndTheCommit() {
        // Windows of 5 at 10 frames per second, and one more for the halo; 20 ms of work, and a commit at once.
        Scenario lone = new Scenario(1, 10, 5, 1, 1, 1, 1, Samples.of(0.02), NOTHING, 1e-9, 100, null);
        SimulationResult result = Simulation.run(lone, 1);
        // The frames wait 0.5, 0.4, 0.3, 0.2 and 0.1 s.
        assertThat(result.calm().mean()).isCloseTo(0.3 + 0.02, within(1e-6));
        assertThat(result.busiest()).isCloseTo(0.04, within(0.001));
    }

    @Test
    void commits_takeTheThreadsTime() {
        Scenario slow = new Scenario(1, 10, 1, 0, 1, 1, 1, Samples.of(0.001), Samples.of(0.05), 0.2, 100, null);
        // A commit each 250 ms at most, while it works.
        assertThat(Simulation.run(slow, 1).busiest()).isBetween(0.15, 0.25);
    }

    @Test
    void commits_comeByTheClock_notByTheWindow() {
        // A window of one frame in 5 s, at a random moment between two looks that are 1 s apart.
        Scenario rare = new Scenario(20, 0.01, 1, 0, 1, 1, 1, Samples.of(0.001), NOTHING, 1, 400, null);
        double sum = 0;
        for (int seed = 0; seed < 10; seed++) {
            sum += Simulation.run(rare, seed).calm().mean();
        }
        assertThat(sum / 10).isCloseTo(0.5, within(0.1));
    }

    @Test
    void theSameSeed_givesTheSameResult() {
        Scenario scenario = failing(2);
        assertThat(Simulation.run(scenario, 7)).isEqualTo(Simulation.run(scenario, 7));
        assertThat(Simulation.run(scenario, 7)).isNotEqualTo(Simulation.run(scenario, 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void noFrame_isLostOrMade(int threads) {
        for (Scenario scenario : new Scenario[] {failing(threads), calm(threads)}) {
            SimulationResult result = Simulation.run(scenario, threads);
            assertThat(result.committed()).isPositive();
            assertThat(result.committed() + result.held()).isEqualTo(result.arrived());
        }
    }

    @Test
    void aLostInstance_delaysItsStreams_andTheOthersCatchUp() {
        SimulationResult result = Simulation.run(failing(2), 3);
        SimulationResult calm = Simulation.run(calm(2), 3);
        assertThat(result.calm().p99()).isLessThan(1);
        // A third of 60 streams of 10 frames per second wait for 20 s.
        assertThat((double) result.mostLag()).isCloseTo(60 * 10 * 20 / 3.0, Percentage.withPercentage(35));
        assertThat(result.caughtUp()).isBetween(20.0, 60.0);
        // 18 s until others have its streams, and then the backlog takes turns with live frames.
        assertThat(result.seconds().get(32).latency().p99()).isBetween(18.0, 40.0);
        assertThat(result.seconds().getLast().lag()).isLessThan(2 * calm.mostLag());
    }

    @Test
    void aBacklogOfOnePartition_leavesTurnsToOthers() {
        Scenario scenario = new Scenario(2, 10, 5, 0, 2, 1, 1, Samples.of(0.2), NOTHING, 0.1, 100, null);
        SimulatedThread thread = new SimulatedThread(scenario, new SplittableRandom(1));
        thread.add(new SimulatedThread.Sender(0, 0, 0), 0, 0);
        // All that it has sent until then waits.
        thread.add(new SimulatedThread.Sender(1, 1, 0), 0, 50);
        double[] longest = {0};
        thread.run(100, (window, seconds) -> {
            if (window.sender().partition() == 0) {
                longest[0] = Math.max(longest[0], seconds - window.ready());
            }
        });
        // One window of the other one, its own, and the commit.
        assertThat(longest[0]).isBetween(0.2, 0.6);
    }

    @Test
    void withoutReserve_nobodyCatchesUp() {
        Scenario tight = scenario(2, 0.075, new Scenario.Failure(30, 20));
        assertThat(Simulation.run(tight, 3).caughtUp()).isNaN();
        assertThat(Simulation.run(tight, 3).watched()).isEqualTo(90);
    }

    @Test
    void overload_showsInLag() {
        SimulationResult result = Simulation.run(queue(100, 20, 0.001), 1);
        // 2000 a second come, 1000 are made.
        assertThat((double) result.mostLag()).isCloseTo(400 * 1000.0, Percentage.withPercentage(2));
        assertThat(result.busiest()).isCloseTo(1, within(0.01));
    }

    @Test
    void aFailureOfTheOnlyInstance_isRefused() {
        assertThatThrownBy(
                        () -> new Scenario(1, 10, 1, 0, 1, 1, 1, NOTHING, NOTHING, 1, 10, new Scenario.Failure(1, 1)))
                .hasMessageContainingAll("expected another instance", "found 1 in all");
    }

    private static Scenario failing(int threads) {
        return scenario(threads, 0.02, new Scenario.Failure(30, 20));
    }

    private static Scenario calm(int threads) {
        return scenario(threads, 0.02, null);
    }

    private static Scenario scenario(int threads, double window, Scenario.Failure failure) {
        return new Scenario(
                60, 10, 5, 1, 24, 3, threads, Samples.of(window, 1.2 * window), Samples.of(0.002), 0.1, 120, failure);
    }
}
