package io.kinolift.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.tensor.LibtorchConvTranspose;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelRacesTest {
    @TempDir
    private Path folder;

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
    @ParameterizedTest
    @MethodSource("small")
    void everyWorkloadRuns(Workload small) {
        BenchReport.Entry entry = race(small, ServiceLoader.load(Peer.class));
        boolean isMotion = small.task() instanceof Workload.FollowingMotion;
        boolean isSharpening = small.task() instanceof Workload.Sharpening;
        boolean isConvolution = small.task() instanceof Workload.Convolving;
        assertThat(entry.standings())
                .allSatisfy(standing -> assertThat(standing.seconds()).isPositive())
                .extracting(Race.Standing::contender)
                .contains("Kinolift", CopyLimit.NAME)
                .contains(
                        isConvolution
                                ? "Kinolift"
                                : isMotion ? "OpenCV DIS flow" : isSharpening ? "OpenCV Lanczos4" : "OpenCV")
                .anyMatch(name -> isConvolution || name.startsWith("FFmpeg"));
        assertThat(entry.multiplyAdds() > 0).isEqualTo(isConvolution);
        if (isConvolution && small.format().planeCount() == 1) {
            LibtorchConvTranspose.assumeRight();
        }
        assertThat(entry.standings())
                .extracting(Race.Standing::contender)
                .anyMatch(name -> name.startsWith("libtorch")
                        || !small.task().isExact()
                        || (isConvolution && small.format().planeCount() > 1));
    }

    /** Each search makes frames of its own, but all are nearer to what is there than a blend. */
    @Test
    void framesAlongTheMotionAreTimed_andShowWhatIsThere() {
        Workload motion = small().getLast();
        Workload larger = new Workload(motion.name(), motion.format(), 320, 180, motion.task());
        BenchReport.Entry entry = race(larger, ServiceLoader.load(Peer.class));
        assertThat(entry.standings())
                .extracting(Race.Standing::contender)
                .contains("Kinolift", "FFmpeg minterpolate", "OpenCV DIS flow", "OpenCV DIS flow, 2 threads");
        assertThat(entry.stageSeconds()).containsOnlyKeys("pair", "field between", "write");
        assertThat(entry.stageSeconds().values())
                .allSatisfy(stage -> assertThat(stage).isPositive());
        // The search is timed too, not the writing alone.
        assertThat(entry.standings().getFirst().seconds())
                .isGreaterThan(
                        (entry.stageSeconds().get("pair") + entry.stageSeconds().get("field between")) / 2);
        List<Racer> racers = new ArrayList<>(List.of(new OurKernel(larger)));
        new OpenCvFlowPeer().enter(larger).forEach(way -> racers.add(way.get()));
        try (Picture earlier = moving(larger, 1);
                Picture truth = moving(larger, 1.5);
                Picture later = moving(larger, 2)) {
            Plane before = earlier.plane(0);
            Plane behind = later.plane(0);
            double blend = error(truth, (x, y) -> (before.sample(x, y) + behind.sample(x, y)) / 2.0);
            for (Racer racer : racers) {
                racer.round();
                assertThat(racer.makes(4)).isFalse();
                // Output 3 lies between the pictures of times 1 and 2.
                assertThat(error(truth, (x, y) -> racer.sample(3, 0, y, x, 0)))
                        .as(racer.name())
                        .isLessThan(blend / 2);
            }
        } finally {
            racers.forEach(Racer::close);
        }
    }

    private static Picture moving(Workload workload, double time) {
        return MovingTexture.draw(
                new AvPictures().allocate(workload.format(), workload.width(), workload.height()), time);
    }

    private static double error(Picture truth, ToDoubleBiFunction<Integer, Integer> samples) {
        Plane plane = truth.plane(0);
        double sum = 0;
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                double difference = plane.sample(x, y) - samples.applyAsDouble(x, y);
                sum += difference * difference;
            }
        }
        return sum;
    }

    /** A race between different things is none. */
    @ParameterizedTest
    @MethodSource("alike")
    void peersMakeTheSamePictures(Workload small) {
        try (Racer ours = new OurKernel(small)) {
            ours.round();
            for (Peer peer : ServiceLoader.load(Peer.class)) {
                List<Supplier<Racer>> ways = peer.enter(small);
                assertThat(ways.isEmpty())
                        .isEqualTo(peer instanceof OpenCvFlowPeer
                                || (small.task() instanceof Workload.Convolving
                                        && (peer instanceof OpenCvPeer
                                                || small.format().planeCount() > 1)));
                if (ways.isEmpty()) {
                    continue;
                }
                if (small.task() instanceof Workload.Convolving) {
                    LibtorchConvTranspose.assumeRight();
                }
                assertThat(difference(small, ours, ways.getLast()))
                        .as("%s by %s", small.name(), peer)
                        .isEmpty();
                // The usual way is wrong on some processors.
                difference(small, ours, ways.getFirst())
                        .ifPresent(difference ->
                                abort(small.name() + " by " + peer + " is wrong on this CPU: " + difference));
            }
        }
    }

    private static Optional<String> difference(Workload workload, Racer ours, Supplier<Racer> way) {
        try (Racer theirs = way.get()) {
            return new Agreement(workload, ours).difference(theirs);
        }
    }

    @Test
    void aWrongPeerIsNamed_andItsOtherWayTimed() throws IOException {
        BenchReport.Entry entry = race(
                small().getFirst(),
                List.of(_ -> List.of(
                        () -> new Copy("peer", small().getFirst(), 2),
                        () -> new Copy("peer, the slow way", small().getFirst(), 1))));
        assertThat(entry.standings())
                .extracting(Race.Standing::contender)
                .contains("peer, the slow way")
                .doesNotContain("peer");
        assertThat(entry.wrong()).extracting(BenchReport.Wrong::contender).containsExactly("peer");
        assertNamed(entry, "peer", "expected ");
    }

    @Test
    void aPeerThatIsWrongInEveryWay_isNotTimed() throws IOException {
        BenchReport.Entry entry = race(
                small().getFirst(),
                List.of(_ -> List.of(
                        () -> new Copy("peer", small().getFirst(), Double.NaN),
                        () -> new Counting("peer without pictures", new ArrayList<>()))));
        assertThat(entry.standings()).extracting(Race.Standing::contender).noneMatch(name -> name.startsWith("peer"));
        assertNamed(entry, "peer", "found NaN in output 2 plane 0 row 8 column 8 component 0");
        assertNamed(entry, "peer without pictures", "expected 1000 samples to compare, found 0");
    }

    /** In the table and in JSON. */
    private void assertNamed(BenchReport.Entry entry, String name, String difference) throws IOException {
        BenchReport report = new BenchReport(BenchReport.Machine.here(), 1, List.of(entry));
        assertThat(report.table(entry))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("  " + name + "  ")
                        .contains("not timed, wrong: ")
                        .contains(difference));
        report.writeJson(folder.resolve("bench.json"));
        JsonNode wrong = new ObjectMapper()
                .readTree(folder.resolve("bench.json").toFile())
                .at("/races/0/wrong");
        assertThat(wrong).anySatisfy(each -> {
            assertThat(each.get("name").asText()).isEqualTo(name);
            assertThat(each.get("difference").asText()).contains(difference);
        });
    }

    private static BenchReport.Entry race(Workload workload, Iterable<Peer> peers) {
        return new KernelRaces(new Race(1, WarmUp.seconds(0)), peers).run(workload, _ -> {});
    }

    static List<Workload> small() {
        return KernelRaces.usual().stream()
                .map(usual -> new Workload(usual.name(), usual.format(), 64, 48, usual.task()))
                .toList();
    }

    /** The workloads that have one right result. */
    static List<Workload> alike() {
        return small().stream().filter(each -> each.task().isExact()).toList();
    }

    /** Our pictures, with every sample times a factor. */
    private static final class Copy implements Racer {
        private final String name;
        private final double factor;
        private final Racer ours;

        Copy(String name, Workload workload, double factor) {
            this.name = name;
            this.factor = factor;
            ours = new OurKernel(workload);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int outputs() {
            return ours.outputs();
        }

        @Override
        public void round() {
            ours.round();
        }

        @Override
        public boolean makes(long output) {
            return ours.makes(output);
        }

        @Override
        public double sample(long output, int plane, int row, int column, int component) {
            return factor * ours.sample(output, plane, row, column, component);
        }

        @Override
        public void close() {
            ours.close();
        }
    }
}
