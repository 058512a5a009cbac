package io.kinolift.sizing;

import java.util.ArrayList;
import java.util.List;

/**
 * Bytes: what is written and read, what stays on disk, and what is read back after a failure.
 *
 * @param figures measured
 * @param cluster assumed
 */
record TrafficModel(Figures figures, Cluster cluster) {
    private static final double MIB = 1 << 20;
    /** A broker looks that often for what it may delete. */
    private static final double RETENTION_CHECK_SECONDS = 300;

    private static final double SEGMENT = 256 * MIB;
    private static final double CHANGELOG_SEGMENT = 64 * MIB;
    /** Changelogs are compacted within a minute, and say for another one that a row was deleted. */
    private static final double CHANGELOG_SECONDS = 120;

    private double inputs() {
        return figures.job().input().framesPerSecond();
    }

    private double outputs() {
        return figures.job().output().framesPerSecond();
    }

    /** What an instance sends, or what it receives, for a stream: the larger of both. */
    double perStream() {
        Figures.Bytes bytes = figures.bytes();
        double sent = outputs() * bytes.output() + inputs() * (bytes.changelog() + bytes.accounts());
        return Math.max(sent, inputs() * bytes.input());
    }

    Estimate.Traffic traffic(int streams, int threads) {
        Figures.Bytes bytes = figures.bytes();
        int copies = cluster.brokers().replication();
        double frames = streams * inputs() * bytes.input();
        double outputs = streams * outputs() * bytes.output();
        double changelog = streams * inputs() * bytes.changelog();
        double written =
                frames + outputs + changelog + streams * inputs() * bytes.accounts() + threads * bytes.coordination();
        return new Estimate.Traffic(
                written,
                changelog,
                copies * written,
                (copies - 1) * written + frames + cluster.brokers().readers() * outputs);
    }

    List<Estimate.Disk> disks(int streams, int partitions, Estimate.Traffic traffic) {
        Figures.Bytes bytes = figures.bytes();
        double frames = streams * inputs() * bytes.input();
        double outputs = streams * outputs() * bytes.output();
        double accounts = streams * inputs() * bytes.accounts();
        double kept = cluster.brokers().retentionHours() * 3600 + RETENTION_CHECK_SECONDS;
        List<Estimate.Disk> disks = new ArrayList<>();
        disks.add(disk("kinolift.frames", frames, frames * kept + partitions * SEGMENT));
        disks.add(disk("kinolift.upscaled", outputs, outputs * kept + partitions * SEGMENT));
        // Compacted: beside the file that is written, a row for each stream.
        disks.add(disk("kinolift.accounts", accounts, partitions * SEGMENT));
        disks.add(disk("changelogs", traffic.changelog(), partitions * changelogKept(traffic, partitions)));
        return disks;
    }

    private Estimate.Disk disk(String topic, double perSecond, double kept) {
        int copies = cluster.brokers().replication();
        return new Estimate.Disk(topic, copies * perSecond * 3600, copies * kept);
    }

    /** Bytes of a partition's changelogs, at most: what is not compacted yet, and the file that is being written. */
    private static double changelogKept(Estimate.Traffic traffic, int partitions) {
        return CHANGELOG_SECONDS * traffic.changelog() / partitions + CHANGELOG_SEGMENT;
    }

    Estimate.Failure failure(Estimate.Traffic traffic, int partitions, int instances) {
        // What the lost instance had, spread over the others; one alone starts again and reads all.
        double moved = Math.ceil((double) Math.ceilDiv(partitions, instances) / Math.max(1, instances - 1));
        return new Estimate.Failure(
                figures.restart().same(),
                cluster.instances().sessionSeconds(),
                figures.restart().other(),
                moved * changelogKept(traffic, partitions) / figures.restart().changelogBytesPerSecond());
    }
}
