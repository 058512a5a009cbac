package io.kinolift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code mvn test} takes a few minutes; a test that starts a broker is named IT and runs in {@code mvn verify}. */
class TestKindsTest {
    private static final Pattern BROKERS = Pattern.compile("\\b(EmbeddedBroker|KafkaNode|LiveFixture|Distribution)\\.");

    @Test
    void unitTestsStartNoBroker() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            List<Path> unitTests =
                    files.filter(file -> file.toString().endsWith("Test.java")).toList();
            assertThat(unitTests).isNotEmpty();
            for (Path file : unitTests) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(BROKERS);
            }
        }
    }
}
