package io.kinolift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What compose.yaml says twice. The stack itself is started by ComposeIT. */
class ComposeTest {
    @Test
    void itBuildsOnTheDockerfilesDefaults() throws Exception {
        Map<String, String> dockerfile = found("(?m)^ARG (\\w+)=(.+)$", "deploy/Dockerfile");
        assertThat(dockerfile).containsOnlyKeys("BASE_IMAGE", "BUILD_IMAGE");
        assertThat(found("(?m)^ +\\w+: \\$\\{(B\\w+):-(.+)}$", "deploy/compose.yaml"))
                .isEqualTo(dockerfile);
    }

    private static Map<String, String> found(String pattern, String file) throws Exception {
        Map<String, String> values = new TreeMap<>();
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
        while (matcher.find()) {
            values.put(matcher.group(1), matcher.group(2));
        }
        return values;
    }
}
