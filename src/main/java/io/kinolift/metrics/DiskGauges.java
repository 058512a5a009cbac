package io.kinolift.metrics;

import io.kinolift.runtime.disk.DiskWatch;
import io.kinolift.runtime.disk.WatchedDisk;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The room on the disks of the state folder and of the journal. */
final class DiskGauges {
    private DiskGauges() {}

    static void add(MeterRegistry registry, DiskWatch disks) {
        for (WatchedDisk disk : disks.disks()) {
            Gauge.builder("kinolift.disk.free.bytes", disk, WatchedDisk::freeBytes)
                    .description("What may still be written on the disk of a folder")
                    .tag("folder", disk.name())
                    .register(registry);
            Gauge.builder("kinolift.disk.total.bytes", disk, WatchedDisk::totalBytes)
                    .description("Size of the disk of a folder")
                    .tag("folder", disk.name())
                    .register(registry);
        }
        Gauge.builder("kinolift.disk.min.free.bytes", disks, DiskWatch::leastBytes)
                .description("With less on a disk, the instance pauses: kinolift.disk.min.free.bytes")
                .register(registry);
        Gauge.builder("kinolift.state.bytes", disks, DiskWatch::stateBytes)
                .description("Files in the state folder")
                .register(registry);
        Gauge.builder("kinolift.paused", disks, watch -> watch.faults().isEmpty() ? 0 : 1)
                .description("1 while the instance pauses because a disk is nearly full")
                .register(registry);
    }
}
