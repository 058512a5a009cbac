package io.kinolift.sizing.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** An instance in a process of its own, on the Java and class path of this one. */
final class InstanceProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long STOP_SECONDS = 30;
    /** Options of this JVM that decide how fast the code is, or whether it runs at all. */
    private static final List<String> PASSED_ON =
            List.of("--add-", "--enable-native-access", "--sun-misc", "-XX:UseAVX", "-Djava.library.path");

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;
    private final Path log;

    /**
     * What an instance says of itself.
     *
     * @param cpuSeconds of the process, since its start
     * @param jitSeconds that the JIT has worked, since the start
     * @param heap bytes in use
     * @param resident bytes of physical memory
     * @param windows seconds of each full window since the last reading
     * @param commits seconds of each commit since the last reading
     */
    record Reading(double cpuSeconds, double jitSeconds, long heap, long resident, double[] windows, double[] commits) {
        /** Without the JIT. */
        double coreSeconds() {
            return cpuSeconds - jitSeconds;
        }
    }

    /**
     * Starts an instance.
     *
     * @param folder of its stores and its log
     * @param heapBytes touched as a whole at the start, so that memory does not depend on when the heap grows
     */
    InstanceProcess(Map<String, String> settings, Path folder, long heapBytes) throws IOException {
        Files.createDirectories(folder);
        log = folder.resolveSibling(folder.getFileName() + ".log");
        process = start(folder, heapBytes);
        in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            in.write(setting.getKey() + "=" + setting.getValue() + "\n");
        }
        in.write("\n");
        in.flush();
    }

    private Process start(Path folder, long heapBytes) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> PASSED_ON.stream().anyMatch(option::startsWith))
                .forEach(command::add);
        command.addAll(List.of(
                "-XX:+UseParallelGC",
                "-Xms" + heapBytes,
                "-Xmx" + heapBytes,
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                InstanceProgram.class.getName(),
                folder.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
        builder.environment().keySet().removeAll(Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        return builder.start();
    }

    /** @throws IllegalStateException if the instance has failed */
    Reading read() throws IOException {
        return ask(InstanceProgram.READ);
    }

    /** As {@link #read}, with nothing on the heap but what is in use. */
    Reading readCollected() throws IOException {
        return ask(InstanceProgram.COLLECT);
    }

    private Reading ask(String what) throws IOException {
        String line;
        try {
            in.write(what + "\n");
            in.flush();
            line = out.readLine();
        } catch (IOException e) {
            throw failed(e.getMessage());
        }
        if (line == null) {
            throw failed("the process has ended");
        }
        JsonNode reading = JSON.readTree(line);
        if (reading.has("failure") || !reading.path("running").asBoolean()) {
            throw failed(reading.path("failure").asText("it does not run"));
        }
        return new Reading(
                reading.path("cpuSeconds").asDouble(),
                reading.path("jitSeconds").asDouble(),
                reading.path("heap").asLong(),
                reading.path("resident").asLong(),
                array(reading.path("windowSeconds")),
                array(reading.path("commitSeconds")));
    }

    private static double[] array(JsonNode numbers) {
        double[] array = new double[numbers.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = numbers.get(i).asDouble();
        }
        return array;
    }

    private IllegalStateException failed(String how) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return new IllegalStateException("the measured instance failed: " + how
                + (lines.isEmpty() ? "" : "; its log ends with: " + lines.getLast()));
    }

    /** Ends it without a word. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        try {
            in.close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            // It is gone already.
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
