package io.kinolift.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.frame.Codec;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Costs against sums by hand: figures are round ones of {@link Given}. */
class ModelTest {
    private final Model model = new Model(Given.figures(), Given.cluster());

    @Test
    void cores_followTheCurve() {
        // 20 streams of 10 frames per second, 10 ms each beyond the last point: 1.2 + 100 * 0.01.
        assertThat(model.of(20, 1, 1).cores()).isCloseTo(2.2, within(1e-9));
        // Two threads at 100 inputs per second each; only one of them takes what an idle process takes.
        assertThat(model.of(20, 1, 2).cores()).isCloseTo(2.3, within(1e-9));
        // Between the first two points.
        assertThat(model.of(1, 2, 1).cores()).isCloseTo(2 * 0.2, within(1e-9));
    }

    @Test
    void memory_isOfInstancesAndStreams() {
        assertThat(model.of(20, 2, 1).memory()).isEqualTo((2 * 600 + 20 * 10) * Given.MIB);
    }

    @Test
    void traffic_hasCopiesAndReaders() {
        Estimate.Traffic traffic = model.of(20, 2, 1).traffic();
        double frames = 20 * 10 * 1000;
        double outputs = 20 * 20 * 2000;
        double changelog = 20 * 10 * 500;
        double written = frames + outputs + changelog + 20 * 10 * 100 + 2 * 3000;
        assertThat(traffic.changelog()).isEqualTo(changelog);
        assertThat(traffic.written()).isEqualTo(written);
        assertThat(traffic.brokersIn()).isEqualTo(3 * written);
        assertThat(traffic.brokersOut()).isEqualTo(2 * written + frames + 2 * outputs);
    }

    @Test
    void disks_holdAllCopiesUntilTheyAreDeleted() {
        Estimate.Disk frames = model.of(20, 2, 1).disks().getFirst();
        assertThat(frames.topic()).isEqualTo("kinolift.frames");
        assertThat(frames.perHour()).isEqualTo(3.0 * 20 * 10 * 1000 * 3600);
        assertThat(frames.kept()).isEqualTo(3.0 * (20 * 10 * 1000 * (3600 + 300) + 10 * 256 * Given.MIB));
    }

    @Test
    void failure_waitsForTheSessionTimeout_andReadsWhatMoves() {
        Estimate.Failure failure = model.of(20, 2, 1).failure();
        assertThat(failure.restarted()).isEqualTo(8);
        assertThat(failure.waited()).isEqualTo(45);
        // Five of ten partitions, 64 MiB and two minutes of 10 kB/s each, at 64 MiB/s.
        assertThat(failure.restored()).isCloseTo(5 * (1 + 120 * 10_000 / (64 * Given.MIB)), within(1e-9));
        assertThat(failure.lost()).isEqualTo(48 + failure.restored());
    }

    @Test
    void aThread_isBusyWithWindowsAndCommits() {
        // Windows of 40 ms with two workers take 40 * (0.5 + 0.5 / 8) / 0.75 = 30 ms with eight: two a second, and of
        // each
        // 110 ms a commit takes 10.
        Estimate.Share share = share(model.of(1, 1, 1), "one stream on one stream thread");
        assertThat(share.value()).isCloseTo(2 * 0.03 * 1.1, within(1e-9));
    }

    @Test
    void instances_areAsManyAsTheTightestLimitAsksFor() {
        Estimate estimate = model.of(1000);
        assertThat(estimate.fits()).as("%s", estimate.shares()).isTrue();
        Estimate fewer = model.of(1000, estimate.instances() - 1, 1);
        assertThat(fewer.fits()).as("%s", fewer.shares()).isFalse();
        assertThat(fewer.tightest().limit()).isEqualTo("the stream thread with most streams");
    }

    @Test
    void spareInstances_comeOnTop() {
        Cluster.Instances each = new Cluster.Instances(8, 4096 * Given.MIB, 1e9, 1, 3, 1, 45);
        Model spared =
                new Model(Given.figures(), new Cluster(each, Given.cluster().brokers(), 10));
        assertThat(spared.of(1000).instances()).isEqualTo(model.of(1000).instances() + 3);
    }

    @Test
    void threads_areChosenForTheFewestInstances() {
        Cluster.Instances each = new Cluster.Instances(8, 4096 * Given.MIB, 1e9, 0, 0, 0.7, 45);
        Estimate best =
                new Model(Given.figures(), new Cluster(each, Given.cluster().brokers(), 0)).of(1000);
        for (int threads : List.of(1, 2, 4, 8)) {
            Cluster.Instances fixed = new Cluster.Instances(8, 4096 * Given.MIB, 1e9, threads, 0, 0.7, 45);
            Model other = new Model(
                    Given.figures(), new Cluster(fixed, Given.cluster().brokers(), 0));
            assertThat(best.instances()).isLessThanOrEqualTo(other.of(1000).instances());
        }
    }

    @Test
    void moreStreams_neverCostLess() {
        Estimate before = model.of(1);
        for (int streams : IntStream.rangeClosed(1, 60).map(i -> i * i).toArray()) {
            Estimate now = model.of(streams);
            assertThat(now.instances()).isGreaterThanOrEqualTo(before.instances());
            assertThat(now.cores()).isGreaterThanOrEqualTo(before.cores());
            assertThat(now.memory()).isGreaterThanOrEqualTo(before.memory());
            assertThat(now.traffic().brokersIn())
                    .isGreaterThanOrEqualTo(before.traffic().brokersIn());
            before = now;
        }
    }

    @Test
    void partitions_keepEncoders() {
        Cluster any = new Cluster(Given.cluster().instances(), Given.cluster().brokers(), 0);
        Model grouped = new Model(Given.figures(Codec.H264), any);
        // 256 MiB for twelve pictures of 60,000 bytes.
        assertThat(grouped.encodersKept()).isEqualTo(372);
        Estimate estimate = grouped.of(100_000, 10, 1);
        assertThat(estimate.partitions())
                .isGreaterThan(
                        new Model(Given.figures(), any).of(100_000, 10, 1).partitions());
        assertThat(Model.most(100_000, estimate.partitions())).isLessThanOrEqualTo(372);
    }

    @Test
    void oneThread_hasAllStreams() {
        assertThat(Model.most(50, 1)).isEqualTo(50);
        assertThat(Model.most(3, 100)).isLessThanOrEqualTo(3);
    }

    @Test
    void firstLimit_isWhereOneMoreIsTooMany() {
        Estimate estimate = model.of(100);
        Growth growth = Growth.of(model, estimate);
        Growth.First first = growth.first();
        assertThat(first.streams()).isGreaterThanOrEqualTo(100);
        assertThat(growth.at(first.streams()).fits()).isTrue();
        assertThat(growth.at(first.streams() + 1).fits()).isFalse();
        assertThat(growth.at(first.streams() + 1).tightest().limit())
                .isEqualTo(first.limit().limit());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -5})
    void noStreams_areRefused(int streams) {
        assertThatThrownBy(() -> model.of(streams)).hasMessage("expected at least 1 stream, found " + streams);
    }

    @Test
    void instancesThatHoldNothing_areRefused() {
        Cluster.Instances small = new Cluster.Instances(8, 500 * Given.MIB, 1e9, 1, 0, 1, 45);
        assertThatThrownBy(() -> new Model(
                                Given.figures(),
                                new Cluster(small, Given.cluster().brokers(), 0))
                        .of(1))
                .hasMessageContainingAll("expected an instance with more bytes of memory", "found 5.24");
    }

    @Test
    void clustersOutOfRange_areRefused() {
        assertThatThrownBy(() -> new Cluster.Brokers(2, 1e8, 4000, 3, 1, 1))
                .hasMessage("expected at most 2 copies on as many brokers, found 3");
        assertThatThrownBy(() -> new Cluster.Instances(2, 1e9, 1e8, 3, 1, 0.7, 45))
                .hasMessage("expected at most 2 stream threads on as many cores, found 3");
        assertThatThrownBy(() -> new Cluster.Instances(2, 1e9, 1e8, 1, 1, Double.NaN, 45))
                .hasMessage("expected a target above 0, found NaN");
        assertThatThrownBy(() -> new Cluster.Instances(0, 1e9, 1e8, 0, 1, 0.7, 45))
                .hasMessage("expected at least 1 cores per instance, found 0");
    }

    private static Estimate.Share share(Estimate estimate, String limit) {
        return estimate.shares().stream()
                .filter(share -> share.limit().equals(limit))
                .findFirst()
                .orElseThrow();
    }
}
