package io.kinolift.sizing;

import io.kinolift.runtime.StreamsProperties;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.TopicSettings;
import io.kinolift.topology.UpscaleTopology;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes: what is written and read, what stays on disk, and what is read back after a failure.
 *
 * @param figures measured
 * @param cluster assumed
 */
record TrafficModel(Figures figures, Cluster cluster) {
    /** Of the waiting frames and of the accounts. Only windows that instances share have a third one. */
    static final int CHANGELOGS = 2;

    /** A broker looks that often for what it may delete: log.retention.check.interval.ms, as Kafka has it. */
    private static final double RETENTION_CHECK_SECONDS = 300;

    /** Rows are compacted after one of these, and say for the other that they were deleted. */
    private static final double CHANGELOG_SECONDS =
            UpscaleTopology.COMPACTED_AFTER.plus(UpscaleTopology.DELETIONS_KEPT).toSeconds();

    private double inputs() {
        return figures.job().input().framesPerSecond();
    }

    private double outputs() {
        return figures.job().output().framesPerSecond();
    }

    /** What an instance sends, or what it receives, for a stream: the larger of both, at most. A stream alone costs most. */
    double perStream() {
        Figures.Bytes bytes = figures.bytes();
        double sent = outputs() * bytes.output()
                + inputs() * bytes.accounts()
                + bytes.changelog().at(inputs());
        return Math.max(sent, inputs() * bytes.input());
    }

    /** @param threads that have a partition */
    Estimate.Traffic traffic(int streams, int threads) {
        Figures.Bytes bytes = figures.bytes();
        int copies = cluster.brokers().replication();
        double frames = streams * inputs() * bytes.input();
        double outputs = streams * outputs() * bytes.output();
        double changelog = threads * bytes.changelog().at(streams * inputs() / threads);
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
        double files = (double) partitions * Topics.USUAL_SEGMENT_BYTES;
        List<Estimate.Disk> disks = new ArrayList<>();
        disks.add(disk(TopicSettings.FRAMES_TOPIC.usualText(), frames, frames * kept + files));
        disks.add(disk(TopicSettings.UPSCALED_TOPIC.usualText(), outputs, outputs * kept + files));
        // Compacted: beside the file that is written, a row for each stream.
        disks.add(disk(TopicSettings.ACCOUNTS_TOPIC.usualText(), accounts, files));
        disks.add(disk("changelogs", traffic.changelog(), partitions * changelogKept(traffic, partitions)));
        return disks;
    }

    private Estimate.Disk disk(String topic, double perSecond, double kept) {
        int copies = cluster.brokers().replication();
        return new Estimate.Disk(topic, copies * perSecond * 3600, copies * kept);
    }

    /** Bytes of a partition's changelogs, about: what is not compacted yet, and the files that are being written. */
    private static double changelogKept(Estimate.Traffic traffic, int partitions) {
        return CHANGELOG_SECONDS * traffic.changelog() / partitions
                + (double) CHANGELOGS * UpscaleTopology.CHANGELOG_SEGMENT_BYTES;
    }

    Estimate.Failure failure(Estimate.Traffic traffic, int partitions, int instances) {
        double perPartition =
                changelogKept(traffic, partitions) / figures.restart().changelogBytesPerSecond();
        int own = Math.ceilDiv(partitions, instances);
        // Spread over the others; one alone starts again and reads all.
        int moved = Math.ceilDiv(own, Math.max(1, instances - 1));
        return new Estimate.Failure(
                figures.restart().same() + own * perPartition,
                cluster.instances().sessionSeconds(),
                StreamsProperties.TRANSACTION_TIMEOUT.toSeconds(),
                figures.restart().other(),
                moved * perPartition);
    }
}
