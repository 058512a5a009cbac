package io.kinolift;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real video, where there is some. */
public final class Footage {
    /** Names the folder that holds {@code footage/} and {@code awkward/}. */
    public static final String VARIABLE = "KINOLIFT_FOOTAGE";

    private Footage() {}

    public static Path clip(String name) {
        return require("footage", name);
    }

    public static Path awkward(String name) {
        return require("awkward", name);
    }

    private static Path require(String folder, String name) {
        Path file = Path.of(System.getenv(VARIABLE)).resolve(folder).resolve(name);
        if (!Files.exists(file)) {
            throw new IllegalStateException("expected " + file + ", found nothing");
        }
        return file;
    }
}
