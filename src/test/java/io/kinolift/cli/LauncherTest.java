package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The scripts that start the program do the same on all systems. LauncherIT runs one of them. */
class LauncherTest {
    private static final Path SCRIPTS = Path.of("src/main/dist/bin");
    /** Up to where a path begins. */
    private static final Pattern JVM_OPTION =
            Pattern.compile("(?<![\\w-])(-X[\\w:+.-]+=?[\\w.]*|--[a-z]+-[\\w-]+=[\\w./=-]+)");

    private static final Pattern VARIABLE = Pattern.compile("KINOLIFT_\\w+");
    private static final Pattern OWN_JAVA = Pattern.compile("try_home \"[$%]home.{1,2}runtime\"");
    private static final Pattern OTHER_JAVA = Pattern.compile("try_home \"[$%]JAVA_HOME");
    private static final Pattern WANTED = Pattern.compile("wanted=(\\d+)");
    private static final Pattern SMALLEST_ARCHIVE = Pattern.compile("(?:-lt|LSS) (\\d{4,})");

    private final String shell = read("kinolift");
    private final String windows = read("kinolift.bat");

    @Test
    void jvmOptions_areTheSame_butForThoseOfTheCpu() {
        Set<String> expected = found(JVM_OPTION, shell);
        // /proc/cpuinfo is of Linux.
        assertThat(expected.remove("-XX:UseAVX=3")).isTrue();
        assertThat(expected)
                .contains(
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseParallelGC",
                        "-XX:SharedArchiveFile=",
                        "-Xmx640m");
        assertThat(found(JVM_OPTION, windows)).isEqualTo(expected);
    }

    @Test
    void theSameCommandsHaveAnArchiveOfClasses() {
        Set<String> expected = words(Pattern.compile("(?m)^ +(upscale \\|.*)\\)$"), shell, " \\| ");
        assertThat(expected).contains("run", "upscale");
        assertThat(words(Pattern.compile("in \\((upscale .*)\\) do"), windows, " "))
                .isEqualTo(expected);
        assertThat(found(SMALLEST_ARCHIVE, windows)).isEqualTo(found(SMALLEST_ARCHIVE, shell));
    }

    @Test
    void theSameJavaIsTaken() {
        assertThat(found(WANTED, shell)).hasSize(1);
        assertThat(found(WANTED, windows)).isEqualTo(found(WANTED, shell));
        assertThat(found(VARIABLE, windows)).isEqualTo(found(VARIABLE, shell));
        for (String script : List.of(shell, windows)) {
            Matcher own = OWN_JAVA.matcher(script);
            Matcher others = OTHER_JAVA.matcher(script);
            assertThat(own.find() && others.find()).isTrue();
            assertThat(own.start()).isLessThan(others.start());
        }
    }

    @Test
    void labelsThatAreCalled_areThere() {
        Set<String> labels = found(Pattern.compile("(?m)^:(\\w+)$"), windows);
        assertThat(found(Pattern.compile("(?:goto|call :)(?: )?(\\w+)"), windows))
                .isEqualTo(labels);
    }

    private static Set<String> found(Pattern pattern, String script) {
        return pattern.matcher(script)
                .results()
                .map((MatchResult result) -> result.group(result.groupCount()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> words(Pattern pattern, String script, String separator) {
        return found(pattern, script).stream()
                .flatMap(list -> Arrays.stream(list.split(separator)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(String script) {
        try {
            return Files.readString(SCRIPTS.resolve(script));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
