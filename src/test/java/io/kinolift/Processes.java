package io.kinolift;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** For tests that wait for what another process does. */
public final class Processes {
    private Processes() {}

    /** Fails, with all that a process has printed, if it has ended: what it was to do does not come any more. */
    public static void requireAlive(Process process, Path log) throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("ended with " + process.exitValue() + ":\n" + Files.readString(log));
        }
    }
}
