package io.kinolift;

import io.kinolift.kernel.vector.VectorModule;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Prepares a JVM of tests. Surefire keeps what Java prints in one file per test class; native code and child processes
 * write past it, so their descriptors lead to a file too: {@code native-PID.log} in the folder that {@code
 * kinolift.test.logs} names. Without that property, in an editor for instance, they stay as they are.
 */
public final class TestJvm implements LauncherSessionListener {
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        // Tests name vectors that no kernel has loaded yet.
        VectorModule.isLoaded();
        String folder = System.getProperty("kinolift.test.logs");
        if (folder != null && !System.getProperty("os.name").startsWith("Windows")) {
            redirect(Path.of(folder, "native-" + ProcessHandle.current().pid() + ".log"));
        }
    }

    private static void redirect(Path log) {
        try (Arena arena = Arena.ofConfined()) {
            Files.createDirectories(log.getParent());
            int file =
                    (int) function("creat", ValueLayout.ADDRESS).invokeExact(arena.allocateFrom(log.toString()), 0644);
            MethodHandle dup2 = function("dup2", ValueLayout.JAVA_INT);
            if (file < 0 || (int) dup2.invokeExact(file, STDOUT) < 0 || (int) dup2.invokeExact(file, STDERR) < 0) {
                throw new IOException("expected a file at " + log + " that can be written");
            }
        } catch (Throwable e) {
            throw new IllegalStateException("cannot redirect native output", e);
        }
    }

    /** A function of the C library that takes an int second, and gives one. */
    private static MethodHandle function(String name, ValueLayout first) {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup().findOrThrow(name);
        return linker.downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, first, ValueLayout.JAVA_INT));
    }
}
