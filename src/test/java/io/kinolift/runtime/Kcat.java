package io.kinolift.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * Producer and consumer on the command line.
 *
 * @param server where its broker is
 */
record Kcat(ClientPrograms programs, String server) {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /**
     * Sends files, each as a record.
     *
     * @param key its options for a key; none for none
     */
    void send(String topic, List<String> files, String... key) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-b", server, "-P", "-t", topic));
        arguments.addAll(List.of(key));
        arguments.addAll(files);
        programs.kcat(null, arguments.toArray(String[]::new));
    }

    /**
     * Sends ends of streams: records without a value.
     *
     * @param lines a key and a bar in each; without a key, that of the records without one
     */
    void end(String topic, String lines) throws Exception {
        Path input = Files.writeString(Files.createTempFile(programs.folder(), "end", ".txt"), lines);
        programs.kcat(input, "-b", server, "-P", "-t", topic, "-K", "|", "-Z");
    }

    /** A line for each record of a topic, its key and its headers, when these streams have ended. */
    List<String> awaitEnds(String topic, String... streams) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInSameThread()
                .until(
                        () -> programs.kcat(null, "-b", server, "-C", "-t", topic, "-e", "-f", "%k %h\n")
                                .lines()
                                .toList(),
                        lines -> Arrays.stream(streams)
                                .allMatch(stream -> lines.stream()
                                        .anyMatch(line ->
                                                line.contains("kinolift.end=true,kinolift.stream=" + stream + ","))));
    }
}
