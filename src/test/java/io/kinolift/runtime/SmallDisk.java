package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few MiB in memory that can be filled up. */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 64 << 10;

    private final Path folder;
    private final Path ballast;

    private SmallDisk(Path folder) {
        this.folder = folder;
        ballast = folder.resolve("ballast");
    }

    /** Skips the test if this user may not mount one. */
    static SmallDisk mount(Path folder, int mebibytes) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount a small disk");
        Files.createDirectories(folder);
        assumeTrue(
                execute("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString()) == 0,
                "a small disk cannot be mounted here");
        return new SmallDisk(folder);
    }

    private static int execute(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    Path folder() {
        return folder;
    }

    long freeBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Writes or shortens a file until so much is free, which others may use meanwhile. */
    void leave(long bytes) throws IOException {
        Files.deleteIfExists(ballast);
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (freeBytes() > bytes) {
                out.write(new byte[(int) Math.min(BLOCK, freeBytes() - bytes)]);
            }
        } catch (IOException e) {
            // Somebody else took the last bytes.
            assertThat(freeBytes()).isLessThan(BLOCK);
        }
    }

    void clear() throws IOException {
        Files.deleteIfExists(ballast);
    }

    @Override
    public void close() throws Exception {
        assertThat(execute("umount", folder.toString())).isZero();
    }
}
