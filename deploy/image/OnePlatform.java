import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes the native libraries out of a distribution's jars: those of this machine's platform go to its folder natives,
 * under the names by which System.loadLibrary finds them, the others are dropped. So an image holds one platform's
 * alone, and nothing is unpacked at start: neither a writable nor an executable folder is needed.
 *
 * <p>java OnePlatform.java DISTRIBUTION
 */
public final class OnePlatform {
    /** What a native library looks like, whatever system it is for. */
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so(\\.\\d+)*|dll|jnilib|dylib|a)");
    /** FFmpeg's programs, which run needs none of. */
    private static final Pattern PROGRAM = Pattern.compile("/org/bytedeco/ffmpeg/.*/ff(mpeg|probe)");

    /** Where each library keeps its natives; the group is the platform. The name is the one it loads first. */
    private record Home(Pattern inJar, String platform, String name) {}

    private final Path distribution;
    private final List<Home> homes;
    private int kept;
    private int dropped;

    private OnePlatform(Path distribution, String arch) {
        this.distribution = distribution;
        boolean arm = arch.equals("aarch64");
        String go = arm ? "aarch64" : "amd64";
        this.homes = List.of(
                new Home(Pattern.compile("/org/bytedeco/\\w+/([\\w-]+)/(lib.*\\.so[.\\d]*)"),
                        arm ? "linux-arm64" : "linux-x86_64", "$2"),
                new Home(Pattern.compile("/ai/onnxruntime/native/([\\w-]+)/(lib.*\\.so)"),
                        arm ? "linux-aarch64" : "linux-x64", "$2"),
                new Home(Pattern.compile("/librocksdbjni-([\\w-]+)\\.so"), arm ? "linux-aarch64" : "linux64",
                        "librocksdbjni.so"),
                new Home(Pattern.compile("/linux/(\\w+)/libzstd-jni-.*\\.so"), go, "libzstd-jni.so"),
                new Home(Pattern.compile("/org/xerial/snappy/native/Linux/(\\w+)/libsnappyjava\\.so"),
                        arm ? "aarch64" : "x86_64", "libsnappyjava.so"),
                new Home(Pattern.compile("/net/jpountz/util/linux/(\\w+)/liblz4-java\\.so"), go, "liblz4-java.so"));
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1 || !Files.isDirectory(Path.of(arguments[0], "lib"))) {
            System.err.println("expected the folder of a distribution, with lib in it, found " + List.of(arguments));
            System.exit(2);
        }
        new OnePlatform(Path.of(arguments[0]), System.getProperty("os.arch")).run();
    }

    private void run() throws IOException {
        Files.createDirectories(distribution.resolve("natives"));
        try (Stream<Path> jars = Files.list(distribution.resolve("lib"))) {
            jars.filter(jar -> jar.toString().endsWith(".jar")).forEach(this::thin);
        }
        for (Home home : homes) {
            if (!home.name().startsWith("$") && Files.notExists(distribution.resolve("natives/" + home.name()))) {
                throw new IllegalStateException("expected " + home.name() + " in some jar, found none that is like "
                        + home.inJar() + " for " + home.platform());
            }
        }
        System.out.println(kept + " native libraries kept, " + dropped + " of other platforms dropped");
    }

    private void thin(Path jar) {
        try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of())) {
            List<Path> natives;
            try (Stream<Path> all = Files.walk(inside.getPath("/"))) {
                natives = all.filter(path -> NATIVE.matcher(path.toString()).matches()
                        || PROGRAM.matcher(path.toString()).matches()).toList();
            }
            for (Path library : natives) {
                keep(library);
                Files.delete(library);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(jar + ": " + e.getMessage(), e);
        }
    }

    private void keep(Path library) throws IOException {
        for (Home home : homes) {
            Matcher matcher = home.inJar().matcher(library.toString());
            if (matcher.matches() && matcher.group(1).equals(home.platform())) {
                Files.copy(library, distribution.resolve("natives").resolve(matcher.replaceFirst(home.name())),
                        StandardCopyOption.REPLACE_EXISTING);
                kept++;
                return;
            }
        }
        dropped++;
    }
}
