package io.kinolift;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.Account;
import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.VideoFrame;
import io.kinolift.settings.KinoliftConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents say what the code says, and their links lead somewhere. */
class DocumentsTest {
    private static final Path PAGES = Path.of("src/doc");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    @Test
    void theSettingsTableIsTheOneThatIsPrinted() throws IOException {
        assertThat(between("<!-- settings -->", "<!-- /settings -->", PAGES.resolve("settings.md"))
                        .strip())
                .isEqualTo(KinoliftConfig.markdownTable().strip());
    }

    /** Apart from white space, which the formatter sets in the test's own way. */
    @Test
    void theExampleOfATestIsTheOneThatIsRun() throws IOException {
        String example = between("```java", "```", PAGES.resolve("testing.md")).strip();
        assertThat(example).endsWith("}");
        String withoutLastBrace = example.substring(0, example.length() - 1);
        assertThat(withoutWhiteSpace(Files.readString(Path.of("src/test/java/io/kinolift/TestingExampleTest.java"))))
                .contains(withoutWhiteSpace(withoutLastBrace));
    }

    @Test
    void headerBytesAreThoseOfTheSchemas() throws IOException {
        List<String> lines = Files.readAllLines(PAGES.resolve("records.md"));
        for (Schema schema :
                List.of(VideoFrame.getClassSchema(), DeadLetter.getClassSchema(), Account.getClassSchema())) {
            assertThat(lines).contains("| " + schema.getName() + " | `" + header(schema) + "` |");
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(Path document) throws IOException {
        assertThat(LINK.matcher(Files.readString(document)).results().map(link -> link.group(1)))
                .filteredOn(link -> !link.contains("://"))
                .allSatisfy(link -> assertLeadsSomewhere(document, link));
    }

    private static Stream<Path> documents() {
        return Stream.of(Path.of("."), PAGES, Path.of("deploy"))
                .flatMap(folder -> files(folder).stream())
                .filter(file -> file.toString().endsWith(".md"));
    }

    private static void assertLeadsSomewhere(Path document, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? document : document.resolveSibling(path).normalize();
        assertThat(target).as("link to %s", link).exists();
        if (hash >= 0) {
            assertThat(anchors(target)).as("anchors of %s", target).contains(link.substring(hash + 1));
        }
    }

    /** The anchors that GitHub gives to headings. */
    private static List<String> anchors(Path document) {
        try {
            return HEADING.matcher(Files.readString(document))
                    .results()
                    .map((MatchResult heading) -> heading.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N} _-]", "")
                            .replace(' ', '-'))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(Schema schema) {
        byte[] bytes = ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array();
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes);
    }

    private static String between(String begin, String end, Path document) throws IOException {
        String text = Files.readString(document);
        int from = text.indexOf(begin);
        assertThat(from).as("%s in %s", begin, document).isNotNegative();
        from += begin.length();
        int to = text.indexOf(end, from);
        assertThat(to).as("%s in %s", end, document).isNotNegative();
        return text.substring(from, to);
    }

    private static String withoutWhiteSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
