package io.kinolift.cli;

import io.kinolift.sizing.Cluster;
import picocli.CommandLine.Option;

/** What is assumed of the machines. */
final class ClusterOptions {
    private static final double MIB = 1 << 20;
    private static final double MB = 1e6;

    @Option(names = "--cores", paramLabel = "N", defaultValue = "8", description = "cores of an instance (default 8)")
    private int cores;

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            defaultValue = "4096",
            description = "memory of an instance in MiB (default 4096)")
    private double memory;

    @Option(
            names = "--network",
            paramLabel = "MB",
            defaultValue = "125",
            description = "MB/s that an instance may send, and receive (default 125)")
    private double network;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "stream threads of an instance; 0 (default) takes the number that needs the fewest instances")
    private int threads;

    @Option(
            names = "--spare",
            paramLabel = "N",
            defaultValue = "1",
            description = "instances that may be lost without falling behind (default 1)")
    private int spare;

    @Option(
            names = "--target",
            paramLabel = "PERCENT",
            defaultValue = "70",
            description = "most of cores, networks and brokers that is to be used (default 70)")
    private double target;

    @Option(
            names = "--session-timeout",
            paramLabel = "S",
            defaultValue = "45",
            description = "session.timeout.ms in seconds (default 45)")
    private double session;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "0",
            description = "partitions of each topic; 0 (default) finds them")
    private int partitions;

    @Option(names = "--brokers", paramLabel = "N", defaultValue = "3", description = "brokers (default 3)")
    private int brokers;

    @Option(
            names = "--broker-write",
            paramLabel = "MB",
            defaultValue = "100",
            description = "MB/s that a broker may write, copies included (default 100)")
    private double write;

    @Option(
            names = "--broker-partitions",
            paramLabel = "N",
            defaultValue = "4000",
            description = "replicas of partitions that a broker may hold (default 4000)")
    private int brokerPartitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            defaultValue = "3",
            description = "copies of each record (default 3)")
    private int replication;

    @Option(
            names = "--readers",
            paramLabel = "N",
            defaultValue = "1",
            description = "times that each output is read (default 1)")
    private int readers;

    @Option(
            names = "--retention",
            paramLabel = "HOURS",
            defaultValue = "1",
            description = "hours that frames and outputs are kept (default 1)")
    private double retention;

    /** @throws UsageException if a value is out of range */
    Cluster cluster() {
        try {
            return new Cluster(
                    new Cluster.Instances(cores, memory * MIB, network * MB, threads, spare, target / 100, session),
                    new Cluster.Brokers(brokers, write * MB, brokerPartitions, replication, readers, retention),
                    partitions);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
