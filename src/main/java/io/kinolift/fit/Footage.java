package io.kinolift.fit;

import io.kinolift.frame.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A clip, identified by its content.
 *
 * @param hash SHA-256 of the file
 */
record Footage(Path file, String hash) {
    /** In order. */
    static List<Footage> of(List<Path> clips) throws IOException {
        List<Footage> footage = new ArrayList<>();
        for (Path clip : clips) {
            footage.add(new Footage(clip, Sha256.of(clip)));
        }
        return footage;
    }
}
