package io.kinolift.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Makes files and folders that only their owner may read. They are made so, not changed afterwards: at no moment can
 * somebody else open them. Where files have no such permissions (Windows), they are made as usual.
 */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.complementOf(EnumSet.copyOf(PosixFilePermissions.fromString("rwx------")));
    private static final boolean HAS_PERMISSIONS =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFiles() {}

    /** Makes a folder and those above it, as far as they are missing. Existing ones are not changed. */
    public static Path createFolders(Path folder) throws IOException {
        return Files.createDirectories(folder, made(FOLDER));
    }

    /** Opens a file; if it is made by that, only its owner may read it. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), made(FILE));
    }

    /** Writes a file from its beginning. One that is there and can be read by others is closed to them first. */
    public static OutputStream write(Path file) throws IOException {
        FileChannel channel = open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            close(file, FILE);
            channel.truncate(0);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return Channels.newOutputStream(channel);
    }

    /** Closes a folder of ours that a library has made, or has opened again. */
    public static void closeFolder(Path folder) throws IOException {
        close(folder, FOLDER);
    }

    /** What others may do with a folder, as {@code ls} writes it; empty if they may do nothing. */
    public static Optional<String> openToOthers(Path folder) throws IOException {
        if (!hasPermissions(folder)) {
            return Optional.empty();
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        return permissions.stream().anyMatch(OTHERS::contains)
                ? Optional.of(PosixFilePermissions.toString(permissions))
                : Optional.empty();
    }

    private static void close(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (openToOthers(path).isPresent()) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    private static boolean hasPermissions(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
    }

    private static FileAttribute<?>[] made(Set<PosixFilePermission> permissions) {
        return HAS_PERMISSIONS
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
