package io.kinolift.runtime.state;

import io.kinolift.frame.Sha256;
import io.kinolift.topology.UpscaleTopology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run left in its state folder when it stopped. As text: a digest of the lines after it, and a line for
 * each task.
 *
 * @param tasks by the name of the task's folder
 */
record Seal(Map<String, TaskStores> tasks) {
    private static final Pattern TASK = Pattern.compile("(\\d+_\\d+) (\\p{XDigit}{8}) (\\d+)");

    /** Reads a seal; one that vouches for nothing if the file is damaged. */
    static Seal read(Path file) throws IOException {
        // Any bytes are text in this encoding.
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String content = text.substring(text.indexOf('\n') + 1);
        if (!text.equals(sealed(content))) {
            return new Seal(Map.of());
        }
        List<String> lines = content.lines().toList();
        Map<String, TaskStores> tasks = new TreeMap<>();
        for (String line : lines) {
            Matcher task = TASK.matcher(line);
            if (!task.matches()) {
                return new Seal(Map.of());
            }
            tasks.put(task.group(1), new TaskStores(task.group(2), Long.parseLong(task.group(3))));
        }
        return new Seal(tasks);
    }

    /**
     * Why the stores of a task cannot be trusted; empty if they can.
     *
     * @param found what is in its folder now
     */
    Optional<String> fault(String task, Optional<TaskStores> found, long nowMillis) {
        TaskStores left = tasks.get(task);
        if (left == null
                || found.isEmpty()
                || !left.checksum().equals(found.get().checksum())) {
            return Optional.of("their files are not those that the last run left");
        }
        long age = nowMillis - left.writtenMillis();
        if (age < 0 || age > UpscaleTopology.DELETIONS_KEPT.toMillis()) {
            return Optional.of("they are not of the last " + UpscaleTopology.DELETIONS_KEPT.toSeconds()
                    + " s, for which changelogs keep deletions");
        }
        return Optional.empty();
    }

    void write(Path file) throws IOException {
        StringBuilder content = new StringBuilder();
        new TreeMap<>(tasks)
                .forEach((name, stores) -> content.append(name)
                        .append(' ')
                        .append(stores.checksum())
                        .append(' ')
                        .append(stores.writtenMillis())
                        .append('\n'));
        Files.writeString(file, sealed(content.toString()), StandardCharsets.ISO_8859_1);
    }

    private static String sealed(String content) {
        return Sha256.of(content.getBytes(StandardCharsets.ISO_8859_1)) + "\n" + content;
    }
}
