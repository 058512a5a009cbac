package io.kinolift.runtime.broker;

import io.kinolift.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary folder of one broker, closed to other users: Java makes temporary folders so, and what the broker puts
 * into it has no permissions of its own. Its name carries the owner's process id and start time, and the owner holds a
 * lock on a file inside. A folder is left over when no such process lives <em>and</em> nobody holds the lock: the
 * first speaks for processes of this machine (and a process must never open a lock file of its own, for closing it
 * would give the lock up), the second for those of another container with the same folder.
 */
public final class BrokerFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerFolder.class);
    private static final String PREFIX = "kinolift-broker-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-(\\d+)-.*");
    private static final String LOCK = "owner.lock";
    /** The clock that start times are derived from may be set while a process lives. */
    private static final long START_TOLERANCE_MILLIS = 10_000;

    private final Path path;
    private final FileChannel lockFile;

    private BrokerFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    static BrokerFolder create(Path parent) throws IOException {
        PrivateFiles.createFolders(parent);
        ProcessHandle process = ProcessHandle.current();
        long start = process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
        Path path = Files.createTempDirectory(parent, PREFIX + process.pid() + "-" + start + "-");
        FileChannel lockFile =
                PrivateFiles.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (lockFile.tryLock() == null) {
            throw new IOException("expected to be the only one to lock " + path);
        }
        return new BrokerFolder(path, lockFile);
    }

    Path path() {
        return path;
    }

    /** Deletes the folders that killed processes left in {@code parent}, as far as they can be deleted. */
    static void sweep(Path parent) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                sweepFolder(folder);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("nothing to sweep in {}", parent);
        } catch (IOException e) {
            LOG.warn("cannot look for left-over broker folders in {}: {}", parent, e.toString());
        }
    }

    private static void sweepFolder(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        if (!name.matches() || lives(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)))) {
            return;
        }
        try {
            if (isUnlocked(folder.resolve(LOCK))) {
                deleteTree(folder);
                LOG.info("removed {}, left by a killed process", folder);
            }
        } catch (IOException e) {
            LOG.debug("cannot remove {}", folder, e);
        }
    }

    private static boolean lives(long pid, long startMillis) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> Math.abs(start.toEpochMilli() - startMillis) <= START_TOLERANCE_MILLIS)
                        .orElse(true))
                .isPresent();
    }

    private static boolean isUnlocked(Path lock) throws IOException {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            return held != null;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    public static void deleteTree(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes the folder, then gives up the lock. */
    @Override
    public void close() {
        try (lockFile) {
            deleteTree(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
