package io.kinolift.video;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What the files of a source may name besides what they may name anyway: files below the source's own folder, or addresses
 * of the source's own protocol.
 *
 * @param folders local files below these
 * @param protocols FFmpeg's names of protocols, such as http
 * @param byOption whether the user has options for it, which messages may name
 */
public record Allowed(List<Path> folders, Set<String> protocols, boolean byOption) {
    public static final Allowed NOTHING = new Allowed(List.of(), Set.of(), false);

    public Allowed {
        folders = List.copyOf(folders);
        protocols = Set.copyOf(protocols);
    }

    boolean isNothing() {
        return folders.isEmpty() && protocols.isEmpty();
    }

    /** What to add to a message, if there is such an option. */
    String hint(String option) {
        return byOption ? " (" + option + " allows it)" : "";
    }

    /** Whether every local file may be named. */
    boolean allFiles() {
        return folders.stream()
                .anyMatch(folder -> folder.toAbsolutePath().normalize().getNameCount() == 0);
    }
}
