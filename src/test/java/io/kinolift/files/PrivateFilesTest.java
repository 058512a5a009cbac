package io.kinolift.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class PrivateFilesTest {
    @TempDir
    private Path folder;

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void foldersThatAreMissingAreMadeForTheOwner_andOthersStay() throws IOException {
        Path there = folder.resolve("there");
        Files.createDirectory(there);
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path made = PrivateFiles.createFolders(there.resolve("a/b"));
        assertThat(mode(there)).isEqualTo("rwxr-xr-x");
        assertThat(PrivateFiles.openToOthers(there)).contains("rwxr-xr-x");
        assertThat(mode(made.getParent())).isEqualTo("rwx------");
        assertThat(mode(made)).isEqualTo("rwx------");
        assertThat(PrivateFiles.openToOthers(made)).isEmpty();
        PrivateFiles.closeFolder(there);
        assertThat(mode(there)).isEqualTo("rwx------");
    }

    @Test
    void filesAreForTheOwner_alsoWhereTheyWereOpenBefore() throws IOException {
        Path file = folder.resolve("file");
        Files.writeString(file, "longer than what comes");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (OutputStream out = PrivateFiles.write(file)) {
            out.write('x');
        }
        assertThat(file).hasContent("x");
        assertThat(mode(file)).isEqualTo("rw-------");
        Path opened = folder.resolve("opened");
        try (FileChannel channel = PrivateFiles.open(opened, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            assertThat(channel.size()).isZero();
        }
        assertThat(mode(opened)).isEqualTo("rw-------");
    }
}
