package io.kinolift.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.settings.KinoliftConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On the disk of this machine, with a least that no disk has or that every disk has. */
@Timeout(60)
class DiskWatchTest {
    private static final String NO_DISK_HAS = Long.toString(1L << 60);

    @TempDir
    private Path folder;

    private DiskWatch watch(String leastBytes) {
        return new DiskWatch(
                new KinoliftConfig(Map.of("kinolift.disk.min.free.bytes", leastBytes)),
                folder.resolve("state"),
                folder.resolve("journal"));
    }

    @Test
    void aDiskWithoutRoom_pausesAtOnceAndMakesFailedThreadsWaitUntilTheEnd() throws Exception {
        AtomicInteger paused = new AtomicInteger();
        AtomicInteger resumed = new AtomicInteger();
        DiskWatch watch = watch(NO_DISK_HAS);
        watch.start(paused::incrementAndGet, resumed::incrementAndGet);
        assertThat(paused).hasValue(1);
        assertThat(watch.faults())
                .singleElement()
                .asString()
                .startsWith(
                        "paused: expected at least 1099511627776 MiB (kinolift.disk.min.free.bytes) free on the disk of"
                                + " the state folder " + folder.resolve("state") + " (--state-dir), found ")
                .contains("goes on by itself at 1649267441664 MiB");
        Thread failed = Thread.ofPlatform().daemon().start(watch::awaitRoom);
        failed.join(1000);
        assertThat(failed.isAlive()).isTrue();
        watch.close();
        failed.join();
        assertThat(paused).hasValue(1);
        assertThat(resumed).hasValue(0);
    }

    @Test
    void aDiskWithRoom_keepsNobodyWaiting() throws IOException {
        AtomicInteger called = new AtomicInteger();
        try (DiskWatch watch = watch("1")) {
            watch.requireRoom("refuse");
            watch.start(called::incrementAndGet, called::incrementAndGet);
            assertThat(watch.awaitRoom()).isFalse();
            assertThat(watch.faults()).isEmpty();
            assertThat(called).hasValue(0);
            assertThat(watch.disks()).singleElement().satisfies(disk -> {
                assertThat(disk.name()).isEqualTo("state");
                assertThat(disk.freeBytes()).isBetween(1L, disk.totalBytes());
            });
            assertThat(watch.stateBytes()).isZero();
        }
    }

    @Test
    void theStateFolder_isCountedWithAllBelowIt() throws IOException {
        Path task = Files.createDirectories(folder.resolve("state/kinolift/0_0"));
        Files.write(task.resolve("a"), new byte[1000]);
        Files.write(folder.resolve("state/b"), new byte[34]);
        try (DiskWatch watch = watch("0")) {
            assertThat(watch.stateBytes()).isEqualTo(1034);
        }
    }

    @Test
    void aStartWithoutRoom_isRefusedUnlessTheCheckIsSoftened() {
        try (DiskWatch watch = watch(NO_DISK_HAS)) {
            assertThatThrownBy(() -> watch.requireRoom("refuse"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching(
                            "expected at least \\d+ MiB \\(kinolift.disk.min.free.bytes\\) free on the disk of"
                                    + " the state folder .* \\(--state-dir\\), found \\d+ MiB"
                                    + " \\(kinolift.start.check=warn starts all the same\\)");
            assertThatCode(() -> watch.requireRoom("warn")).doesNotThrowAnyException();
            assertThatCode(() -> watch.requireRoom("off")).doesNotThrowAnyException();
        }
    }

    @Test
    void bytes_areSaidSoThatTheyCanBeRead() {
        assertThat(WatchedDisk.mebibytes(268_435_456)).isEqualTo("256 MiB");
        assertThat(WatchedDisk.mebibytes((256 << 20) - 1)).isEqualTo("255 MiB");
        assertThat(WatchedDisk.mebibytes(1 << 20)).isEqualTo("1 MiB");
        assertThat(WatchedDisk.mebibytes((1 << 20) - 1)).isEqualTo("1023 KiB");
        assertThat(WatchedDisk.mebibytes(0)).isEqualTo("0 MiB");
    }
}
