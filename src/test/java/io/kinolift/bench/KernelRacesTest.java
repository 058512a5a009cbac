package io.kinolift.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.upscale.BoundOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class KernelRacesTest {
    private static final double ROUNDED_TWICE = 1.6;

    /** A contender that only counts. */
    private record Counting(String name, List<String> turns) implements Racer {
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
        List<Race.Standing> standings = new Race(2, WarmUp.seconds(0))
                .run(List.of(new Counting("a", turns), new Counting("b", turns)), _ -> {});
        assertThat(turns).containsExactly("a", "b", "a", "b", "b", "a");
        assertThat(standings).extracting(Race.Standing::contender).containsExactly("a", "b");
        assertThat(standings.getFirst().ratio()).isEqualTo(1);
    }

    @Test
    void mediansAreTheMiddle() {
        assertThat(Race.median(new double[] {9, 1, 5})).isEqualTo(5);
        assertThat(Race.median(new double[] {9, 1, 5, 7})).isEqualTo(6);
    }

    /** The usual workloads at the size of a stamp, with all peers beside them. */
    @Test
    void everyWorkloadRuns() {
        for (Workload small : small()) {
            BenchReport.Entry entry = new KernelRaces(new Race(1, WarmUp.seconds(0))).run(small, _ -> {});
            boolean isConvolution = small.task() instanceof Workload.Convolving;
            assertThat(entry.standings())
                    .as(small.name())
                    .allSatisfy(standing -> assertThat(standing.seconds()).isPositive())
                    .extracting(Race.Standing::contender)
                    .contains("Kinolift", CopyLimit.NAME)
                    .contains(isConvolution && small.format().planeCount() == 1 ? "libtorch" : "Kinolift")
                    .contains(isConvolution ? "Kinolift" : "OpenCV")
                    .anyMatch(name -> isConvolution || name.startsWith("FFmpeg"));
            assertThat(entry.multiplyAdds() > 0).isEqualTo(isConvolution);
        }
    }

    /** A race between different things is none. */
    @Test
    void peersMakeTheSamePictures() {
        for (Workload small : small()) {
            try (Racer ours = new OurKernel(small)) {
                ours.round();
                for (Peer peer : ServiceLoader.load(Peer.class)) {
                    Optional<Racer> entered = peer.enter(small);
                    assertThat(entered.isPresent() || small.task() instanceof Workload.Convolving)
                            .isTrue();
                    entered.ifPresent(contender -> assertSame(small, ours, contender));
                }
            }
        }
    }

    private static void assertSame(Workload workload, Racer ours, Racer theirs) {
        try (theirs) {
            theirs.round();
            BoundOperator bound =
                    workload.task().operator().bind(workload.format(), workload.width(), workload.height());
            int compared = 0;
            for (long output = 0; output < 8; output++) {
                for (int plane = 0; plane < workload.format().planeCount(); plane++) {
                    // Away from the border, which a transposed convolution of libtorch fills with zeros.
                    for (int y = 8; y < workload.format().planeHeight(plane, bound.outputHeight()) - 8; y++) {
                        for (int x = 8; x < workload.format().planeWidth(plane, bound.outputWidth()) - 8; x++) {
                            for (int c = 0; c < workload.format().components(plane); c++) {
                                double expected = ours.sample(output, plane, y, x, c);
                                // Where floats are left as they are, overshoot is, too.
                                double found = Math.clamp(
                                        theirs.sample(output, plane, y, x, c),
                                        0,
                                        workload.format().maxSample());
                                if (Double.isNaN(expected) || Double.isNaN(found)) {
                                    continue;
                                }
                                assertThat(found)
                                        .as(
                                                "%s by %s, output %d plane %d row %d column %d component %d",
                                                workload.name(), theirs.name(), output, plane, y, x, c)
                                        .isCloseTo(expected, within(ROUNDED_TWICE));
                                compared++;
                            }
                        }
                    }
                }
            }
            assertThat(compared).as("%s by %s", workload.name(), theirs.name()).isGreaterThan(1000);
        }
    }

    private static List<Workload> small() {
        return KernelRaces.usual().stream()
                .map(usual -> new Workload(usual.name(), usual.format(), 64, 48, usual.task()))
                .toList();
    }
}
