package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VersionTest {
    private static final Pattern OF_THE_PROJECT =
            Pattern.compile("<artifactId>kinolift</artifactId>\\s*<version>([^<]+)</version>");

    @Test
    void itIsTheOneOfThePom() throws Exception {
        Matcher version = OF_THE_PROJECT.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(Version.NUMBER).isEqualTo(version.group(1));
    }
}
