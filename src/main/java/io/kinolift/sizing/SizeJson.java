package io.kinolift.sizing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An estimate for programs: bytes, seconds and shares, without rounding. */
public final class SizeJson {
    private SizeJson() {}

    /** One line. */
    public static String of(SizeReport report) {
        Estimate estimate = report.estimate();
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("streams", estimate.streams())
                .put("instances", estimate.instances())
                .put("threadsPerInstance", estimate.threads())
                .put("workersPerThread", estimate.workers())
                .put("partitions", estimate.partitions())
                .put("cores", estimate.cores())
                .put("memoryBytes", estimate.memory());
        root.putObject("bytesPerSecond")
                .put("written", estimate.traffic().written())
                .put("changelogs", estimate.traffic().changelog())
                .put("brokersIn", estimate.traffic().brokersIn())
                .put("brokersOut", estimate.traffic().brokersOut());
        var disks = root.putArray("disks");
        estimate.disks()
                .forEach(disk -> disks.addObject()
                        .put("topic", disk.topic())
                        .put("bytesPerHour", disk.perHour())
                        .put("keptBytes", disk.kept()));
        root.putObject("failureSeconds")
                .put("restarted", estimate.failure().restarted())
                .put("lost", estimate.failure().lost())
                .put("lostInTransaction", estimate.failure().lostInTransaction());
        root.putObject("startRequires")
                .put("bytes", estimate.start().needed())
                .put("available", estimate.start().available());
        var limits = root.putArray("limits");
        estimate.shares()
                .forEach(share -> limits.addObject()
                        .put("limit", share.limit())
                        .put("unit", share.unit())
                        .put("used", share.used())
                        .put("available", share.available())
                        .put("hard", share.hard()));
        root.putObject("firstLimit")
                .put("streams", report.first().streams())
                .put("limit", report.first().limit().limit());
        SimulationResult simulation = report.simulation();
        ObjectNode simulated = root.putObject("simulated")
                .put("p50Seconds", simulation.calm().p50())
                .put("p99Seconds", simulation.calm().p99())
                .put("busiestThread", simulation.busiest())
                .put("mostLagFrames", simulation.mostLag());
        if (!Double.isNaN(simulation.caughtUp())) {
            simulated.put("caughtUpSeconds", simulation.caughtUp());
        }
        root.set("figures", FiguresFile.json(report.model().figures()));
        return root.toString();
    }
}
