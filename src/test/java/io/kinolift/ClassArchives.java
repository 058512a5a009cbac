package io.kinolift;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * The archives of loaded classes from which the program's script starts its JVM: without one, a start takes twice the
 * processor time. The script makes them as processes end by themselves, which those that tests kill do not. So one file
 * is upscaled before the first test, and what it has loaded serves the other commands too.
 */
final class ClassArchives {
    /** What the script takes from the environment as the place for its archives. */
    static final String VARIABLE = "XDG_CACHE_HOME";

    private static final Path FOLDER = Path.of("target/cache").toAbsolutePath();
    private static final Path ARCHIVES = FOLDER.resolve("kinolift");
    private static final Path MADE_FOR = FOLDER.resolve("made-for");
    private static final String MODEL = "upscale";
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final int FRAMES = 10;

    private ClassArchives() {}

    /**
     * Makes the archives, unless they are there.
     *
     * @param program the script
     * @return what is to be given to the script as {@link #VARIABLE}
     */
    static Path of(Path program) {
        try {
            Files.createDirectories(ARCHIVES);
            // Other JVMs of tests start at the same time.
            try (FileChannel lock = FileChannel.open(
                            FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = lock.lock()) {
                String digest = digest(program);
                if (!Files.exists(MADE_FOR) || !Files.readString(MADE_FOR).equals(digest)) {
                    make(program);
                    Files.writeString(MADE_FOR, digest);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return FOLDER;
    }

    /** The script's key for an archive is of the program's jar, too. */
    private static String digest(Path program) throws IOException {
        CRC32 digest = new CRC32();
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(program.resolveSibling("../lib").normalize(), "kinolift-*.jar")) {
            for (Path jar : jars) {
                digest.update(Files.readAllBytes(jar));
            }
        }
        return Long.toHexString(digest.getValue());
    }

    /** A test says what is wrong if this does not work. */
    private static void make(Path program) throws IOException, InterruptedException {
        Path input = Files.write(FOLDER.resolve("in.raw"), new byte[FRAMES * WIDTH * HEIGHT]);
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        MODEL,
                        input.toString(),
                        FOLDER.resolve("out.mkv").toString(),
                        "--overwrite",
                        "--input-format",
                        "rawvideo",
                        "--input-size",
                        WIDTH + "x" + HEIGHT,
                        "--input-pixel-format",
                        "gray")
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("log.txt").toFile());
        builder.environment().put(VARIABLE, FOLDER.toString());
        Process process = builder.start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        try (DirectoryStream<Path> made = Files.newDirectoryStream(ARCHIVES, MODEL + "-*")) {
            for (Path archive : made) {
                String key = archive.getFileName().toString().substring(MODEL.length());
                for (String command : List.of("run", "ingest", "collect", "streams")) {
                    Files.copy(archive, ARCHIVES.resolve(command + key), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
