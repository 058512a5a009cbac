package io.kinolift.runtime.suspect;

import io.kinolift.files.PrivateFiles;
import io.kinolift.runtime.records.FramePlace;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes frames in a child process, a Java like this one with the same class path. A frame on which the child dies of
 * a native signal is guilty. A child that is killed from outside, fails otherwise or takes too long proves nothing.
 */
final class SuspectTrial {
    private static final Logger LOG = LoggerFactory.getLogger(SuspectTrial.class);
    /** Exit codes of processes that somebody ended: 128 + SIGHUP, SIGINT, SIGQUIT, SIGKILL, SIGTERM. */
    private static final Set<Integer> ENDED_BY_OTHERS = Set.of(129, 130, 131, 137, 143);

    private static final int SIGNALLED = 128;
    private static final long TIMEOUT_SECONDS = 60;

    private final Path folder;
    private final long maxPixels;

    /** @param folder for what goes to and comes from the child */
    SuspectTrial(Path folder, long maxPixels) {
        this.folder = folder;
        this.maxPixels = maxPixels;
    }

    /** A suspect and its record. */
    record Suspect(FramePlace place, byte[] record) {}

    /**
     * Decodes the suspects in processes of their own.
     *
     * @return the guilty ones
     */
    List<FramePlace> run(List<Suspect> suspects) {
        List<FramePlace> guilty = new ArrayList<>();
        List<Suspect> left = suspects;
        try {
            while (!left.isEmpty()) {
                Outcome outcome = child(left);
                if (outcome.exitCode() == 0) {
                    break;
                }
                FramePlace last = left.get(outcome.last()).place();
                boolean killed = outcome.exitCode() > SIGNALLED && !ENDED_BY_OTHERS.contains(outcome.exitCode());
                LOG.warn(
                        "decoding {} in a process of its own: it ended with code {}{}",
                        last,
                        outcome.exitCode(),
                        killed ? "; the frame will be a dead letter" : ", which proves nothing");
                if (killed) {
                    guilty.add(last);
                }
                left = left.subList(outcome.last() + 1, left.size());
            }
        } catch (IOException e) {
            LOG.warn("cannot try the frames that were being decoded when the process ended: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return guilty;
    }

    /** The child works in another folder. */
    private static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** @param last the index of the frame that was decoded last */
    private record Outcome(int exitCode, int last) {}

    private Outcome child(List<Suspect> suspects) throws IOException, InterruptedException {
        Path input = folder.resolve("trial-input");
        Path output = folder.resolve("trial-output");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(PrivateFiles.write(input)))) {
            out.writeInt(suspects.size());
            for (Suspect suspect : suspects) {
                out.writeInt(suspect.record().length);
                out.write(suspect.record());
            }
        }
        PrivateFiles.write(output).close();
        // Core dumps stay on: without them, Java turns a fault into an exit code like any other.
        ProcessBuilder child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        // For installations whose native libraries are not in the jars.
                        "-Djava.library.path=" + System.getProperty("java.library.path"),
                        "-XX:ErrorFile=" + folder.resolve("trial-error").toAbsolutePath(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        absolute(System.getProperty("java.class.path")),
                        DecodeProgram.class.getName(),
                        Long.toString(maxPixels))
                .directory(folder.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        child.environment().keySet().removeAll(Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        Process process = child.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        int last = Files.readAllLines(output).stream()
                .filter(line -> line.matches("\\d+"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
        Files.delete(input);
        Files.delete(output);
        return new Outcome(process.exitValue(), last);
    }
}
