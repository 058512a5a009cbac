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
    /** With partitions for many stream threads. */
    private final Model wide = model(Given.cluster().instances(), 400);

    private static Model model(Cluster.Instances instances, int partitions) {
        return new Model(Given.figures(), new Cluster(instances, Given.cluster().brokers(), partitions));
    }

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
        // Two threads with 100 inputs per second each: 5000 for the first ten, 250 for each of the others.
        double changelog = 2 * (5000 + 90 * 250);
        double written = frames + outputs + changelog + 20 * 10 * 100 + 2 * 3000;
        assertThat(traffic.changelog()).isEqualTo(changelog);
        assertThat(traffic.written()).isEqualTo(written);
        assertThat(traffic.brokersIn()).isEqualTo(3 * written);
        assertThat(traffic.brokersOut()).isEqualTo(2 * written + frames + 2 * outputs);
    }

    @Test
    void threadsWithoutAPartition_writeNothing() {
        assertThat(model.of(20, 10, 2).traffic()).isEqualTo(model.of(20, 10, 1).traffic());
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
        // Five of ten partitions, two files of 64 MiB and two minutes of 5.5 kB/s each, at 64 MiB/s.
        double read = 5 * (2 + 120 * 5_500 / (64 * Given.MIB));
        assertThat(failure.restarted()).isCloseTo(8 + read, within(1e-9));
        assertThat(failure.waited()).isEqualTo(45);
        assertThat(failure.restored()).isCloseTo(read, within(1e-9));
        assertThat(failure.lost()).isCloseTo(45 + 3 + read, within(1e-9));
        assertThat(failure.lostInTransaction()).isCloseTo(120 + 3 + read, within(1e-9));
        // Three others share its partitions, but it reads all of its own; each has 6 kB/s, as more threads write more.
        Estimate.Failure shared = model.of(20, 4, 1).failure();
        double partition = 2 + 120 * 6_000 / (64 * Given.MIB);
        assertThat(shared.restored()).isCloseTo(partition, within(1e-9));
        assertThat(shared.restarted()).isCloseTo(8 + 3 * partition, within(1e-9));
    }

    @Test
    void aStart_requiresMemoryOfEachThreadAndPartition() {
        Estimate.Start start = model.of(20, 1, 2).start();
        // The heap, two times 2 GiB of pictures, and 256 + 64 MiB for each of ten partitions.
        assertThat(start.needed()).isEqualTo((512 + 2 * 2048 + 10 * 320) * Given.MIB);
        assertThat(start.fits()).isFalse();
        assertThat(start.roomForCaches()).isNegative();
        Estimate.Start one = model.of(20, 1, 1).start();
        assertThat(one.roomForCaches()).isEqualTo((4096 - 512 - 2048) / 10.0 * Given.MIB);
    }

    @Test
    void aThread_isBusyWithWindowsAndCommits() {
        // Windows of 40 ms with two workers take 40 * (0.5 + 0.5 / 8) / 0.75 = 30 ms with eight: two a second, and a
        // commit takes 10 of each 110 ms.
        Estimate.Share share = share(model.of(1, 1, 1), "one stream on one stream thread");
        assertThat(share.value()).isCloseTo(2 * 0.03 * 1.1, within(1e-9));
    }

    @Test
    void instances_areAsManyAsTheTightestLimitAsksFor() {
        Estimate estimate = wide.of(1000);
        assertThat(estimate.fits()).as("%s", estimate.shares()).isTrue();
        Estimate fewer = wide.of(1000, estimate.instances() - 1, 1);
        assertThat(fewer.fits()).as("%s", fewer.shares()).isFalse();
        assertThat(fewer.tightest().limit()).isEqualTo("the stream thread with most streams");
    }

    @Test
    void spareInstances_comeOnTop_andWork() {
        Model spared = model(new Cluster.Instances(8, 4096 * Given.MIB, 1e9, 1, 3, 1, 45), 400);
        Estimate estimate = spared.of(1000);
        Estimate without = wide.of(1000);
        assertThat(estimate.instances()).isEqualTo(without.instances() + 3);
        // Limits are for those that are left.
        assertThat(estimate.tightest()).isEqualTo(without.tightest());
        assertThat(estimate.cores())
                .isCloseTo(wide.of(1000, estimate.instances(), 1).cores(), within(1e-9));
    }

    @Test
    void threadsWithoutAPartition_doNothing() {
        Estimate ten = model.of(1000, 10, 1);
        Estimate twenty = model.of(1000, 20, 1);
        String most = "the stream thread with most streams";
        assertThat(share(twenty, most).used()).isEqualTo(share(ten, most).used());
        // They take what an instance without streams does.
        assertThat(twenty.cores()).isCloseTo(ten.cores() + 10 * 0.1, within(1e-9));
        assertThat(share(twenty, "stream threads with a partition").value()).isEqualTo(2);
        assertThat(ten.shares()).noneMatch(share -> share.limit().equals("stream threads with a partition"));
        // So more than ten are not asked for.
        assertThat(model.of(1000).fits()).isFalse();
    }

    @Test
    void aThreadHasWholePartitions() {
        // Of 10 partitions on 4 threads, two threads have three.
        double mean = 1000 * 3 / 10.0;
        assertThat(Model.mostOfThread(1000, 4, 10))
                .isCloseTo(mean + Math.sqrt(2 * mean * Math.log(4)) + Math.log(4) / 3, within(1e-9));
        assertThat(Model.mostOfThread(1000, 5, 10)).isEqualTo(Model.most(1000, 5));
        assertThat(Model.mostOfThread(1000, 50, 10)).isEqualTo(Model.most(1000, 10));
    }

    @Test
    void target_holdsForAStreamAlone_andTheFullestThreadMustKeepUp() {
        Model careful = model(new Cluster.Instances(8, 4096 * Given.MIB, 1e9, 1, 0, 0.5, 45), 400);
        Estimate estimate = careful.of(1000);
        assertThat(share(estimate, "the stream thread with most streams").available())
                .isEqualTo(1);
        assertThat(share(estimate, "one stream on one stream thread").available())
                .isEqualTo(0.5);
    }

    @Test
    void heap_isALimit() {
        // Half of 512 MiB may be live: 50 without streams, and 1 for each.
        Estimate.Share heap = share(model.of(206, 1, 1), "heap of an instance");
        assertThat(heap.value()).isEqualTo(1);
        assertThat(heap.hard()).isTrue();
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
        Estimate estimate = wide.of(100);
        Growth growth = Growth.of(wide, estimate);
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
