package io.kinolift.bench;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KernelRacesTest {
    /** A contender that only counts. */
    private record Counting(String name, List<String> turns) implements Contender {
        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public void round() {
            turns.add(name);
        }
    }

    @Test
    void contendersTakeTurns_andAnotherOneBeginsEachRound() {
        List<String> turns = new ArrayList<>();
        List<Race.Standing> standings = new Race(2, 0).run(
                List.of(new Counting("a", turns), new Counting("b", turns)), _ -> {});
        assertThat(turns).containsExactly("a", "b", "a", "b", "b", "a");
        assertThat(standings).extracting(Race.Standing::contender).containsExactly("a", "b");
        assertThat(standings.getFirst().ratio()).isEqualTo(1);
    }

    @Test
    void mediansAreTheMiddle() {
        assertThat(Race.median(new double[] {9, 1, 5})).isEqualTo(5);
        assertThat(Race.median(new double[] {9, 1, 5, 7})).isEqualTo(6);
    }

    /** The usual workloads at the size of a stamp, with FFmpeg's filters beside them. */
    @Test
    void everyWorkloadRuns() {
        for (Workload usual : KernelRaces.usual()) {
            Workload small = new Workload(usual.name(), usual.format(), 64, 48, usual.task());
            KernelRaces.Result result = new KernelRaces(new Race(1, 0)).run(small, _ -> {});
            assertThat(result.standings()).as(usual.name()).hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(standing -> assertThat(standing.seconds()).isPositive());
            boolean isConvolution = usual.task() instanceof Workload.Convolving;
            assertThat(result.multiplyAdds() > 0).isEqualTo(isConvolution);
            assertThat(result.standings().size() > 2).as("FFmpeg on %s", usual.name()).isEqualTo(!isConvolution);
        }
    }
}
