package io.kinolift.runtime.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The bytes of a folder's files. */
final class FolderBytes extends SimpleFileVisitor<Path> {
    private long sum;

    private FolderBytes() {}

    /** As far as they can be seen; 0 if there is no such folder. */
    static long of(Path folder) throws IOException {
        FolderBytes bytes = new FolderBytes();
        Files.walkFileTree(folder, bytes);
        return bytes.sum;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        sum += attributes.size();
        return FileVisitResult.CONTINUE;
    }

    /** Stores delete files at any moment. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
        return FileVisitResult.CONTINUE;
    }
}
