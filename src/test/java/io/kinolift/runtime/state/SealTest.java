package io.kinolift.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.topology.UpscaleTopology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {
    private static final long NOW = 1_800_000_000_000L;

    @TempDir
    private Path folder;

    private Path task;
    private TaskStores stores;

    @BeforeEach
    void makeTask() throws Exception {
        task = Files.createDirectories(folder.resolve("0_3"));
        Files.writeString(Files.createDirectory(task.resolve("rocksdb")).resolve("1.sst"), "rows");
        Files.writeString(task.resolve(".checkpoint"), "offsets");
        stores = new TaskStores(TaskStores.in(task).orElseThrow().checksum(), NOW);
    }

    @Test
    void whatTheLastRunLeft_isTrustedForAsLongAsDeletionsAreKept() throws Exception {
        long kept = UpscaleTopology.DELETIONS_KEPT.toMillis();
        assertThat(fault(sealed(), NOW)).isEmpty();
        assertThat(fault(sealed(), NOW + kept)).isEmpty();
        assertThat(fault(sealed(), NOW + kept + 1).orElseThrow()).contains("not of the last 60 s");
        assertThat(fault(sealed(), NOW - 1).orElseThrow()).contains("not of the last 60 s");
    }

    @Test
    void anotherByteNameOrFile_isNoticed() throws Exception {
        Seal seal = sealed();
        Path sst = task.resolve("rocksdb/1.sst");
        Files.writeString(sst, "rowz");
        assertThat(fault(seal, NOW)).isPresent();
        Files.writeString(sst, "row");
        assertThat(fault(seal, NOW)).isPresent();
        Files.writeString(sst, "rows");
        assertThat(fault(seal, NOW)).isEmpty();
        Files.move(sst, task.resolve("rocksdb/2.sst"));
        assertThat(fault(seal, NOW)).isPresent();
        Files.move(task.resolve("rocksdb/2.sst"), sst);
        Files.delete(task.resolve(".checkpoint"));
        assertThat(fault(seal, NOW)).isPresent();
    }

    @Test
    void aDamagedSeal_vouchesForNothing() throws Exception {
        sealed();
        Path file = folder.resolve("seal");
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            Files.write(file, damaged);
            assertThat(fault(Seal.read(file), NOW)).as("byte %d", at).isPresent();
        }
        Files.write(file, new byte[0]);
        assertThat(fault(Seal.read(file), NOW)).isPresent();
    }

    /** Copies have younger files than what they are copies of. */
    @Test
    void storesThatNobodyUsed_keepTheirAge() {
        TaskStores younger = new TaskStores(stores.checksum(), NOW + 5);
        assertThat(younger.orOlder(stores)).isEqualTo(stores);
        assertThat(younger.orOlder(null)).isEqualTo(younger);
        assertThat(younger.orOlder(new TaskStores("00000000", NOW))).isEqualTo(younger);
    }

    private Seal sealed() throws Exception {
        Path file = folder.resolve("seal");
        new Seal(Map.of("0_3", stores)).write(file);
        return Seal.read(file);
    }

    private Optional<String> fault(Seal seal, long now) throws Exception {
        return seal.fault("0_3", TaskStores.in(task), now);
    }
}
