package io.kinolift.sizing.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinolift.ffmpeg.NativeMemory;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Setting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * An instance that is measured. Standard input has settings, one {@code name=value} a line, and an empty line; then each
 * line asks for a reading, which standard output has as one line of JSON. It stops when standard input ends.
 */
final class InstanceProgram {
    /** Asks for a reading after the heap was collected. */
    static final String COLLECT = "collect";

    static final String READ = "read";
    private static final ObjectMapper JSON = new ObjectMapper();

    private InstanceProgram() {}

    /**
     * Runs until standard input ends.
     *
     * @param arguments the folder of its stores
     */
    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Map<String, String> ours = new HashMap<>();
        Map<String, String> kafkas = new HashMap<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            String[] parts = line.split("=", 2);
            (parts[0].startsWith(Setting.PREFIX) ? ours : kafkas).put(parts[0], parts[1]);
        }
        KinoliftConfig config = new KinoliftConfig(ours);
        try (KinoliftStreams streams = new KinoliftStreams(config, kafkas, Path.of(arguments[0]));
                CommitTimes commits = new CommitTimes(streams)) {
            WindowTimes windows = new WindowTimes(config);
            streams.telemetry().watch(windows);
            streams.start();
            commits.start();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals(COLLECT)) {
                    System.gc();
                }
                System.out.println(JSON.writeValueAsString(reading(streams, windows, commits)));
            }
        }
    }

    private static ObjectNode reading(KinoliftStreams streams, WindowTimes windows, CommitTimes commits) {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var jit = ManagementFactory.getCompilationMXBean();
        ObjectNode reading = JSON.createObjectNode()
                .put("cpuSeconds", system.getProcessCpuTime() / 1e9)
                .put("jitSeconds", jit == null ? 0 : jit.getTotalCompilationTime() / 1e3)
                .put(
                        "heap",
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed())
                .put("resident", NativeMemory.residentBytes())
                .put("running", streams.kafka().state().isRunningOrRebalancing());
        streams.failure().ifPresent(failure -> reading.put("failure", failure.toString()));
        var windowSeconds = reading.putArray("windowSeconds");
        windows.take().forEach(windowSeconds::add);
        var commitSeconds = reading.putArray("commitSeconds");
        commits.take().forEach(commitSeconds::add);
        return reading;
    }
}
