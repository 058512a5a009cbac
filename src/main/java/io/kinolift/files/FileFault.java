package io.kinolift.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be read or written, in words: Java's own message is often the bare name, or begins with a class. */
public final class FileFault {
    private FileFault() {}

    /** The reason, for a place behind "found: " or "because of". */
    public static String text(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "no file at " + missing.getFile();
            case FileNotFoundException missing -> "no file: " + missing.getMessage();
            case AccessDeniedException denied -> "no right to use " + denied.getFile();
            case FileSystemException other when other.getReason() != null -> other.getReason() + ": " + other.getFile();
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }
}
