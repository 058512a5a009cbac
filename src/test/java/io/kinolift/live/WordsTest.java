package io.kinolift.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.topology.StreamEvent;
import io.kinolift.window.DropPolicy;
import io.kinolift.window.Incident;
import io.kinolift.wire.Rejection;
import io.kinolift.wire.StreamActivity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page has words for every policy, reason and incident that there is. */
class WordsTest {
    private static String section(String name) throws IOException {
        try (InputStream in = StreamEvent.class.getResourceAsStream("/live/words.js")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int start = text.indexOf("export const " + name + " ");
            return text.substring(start, text.indexOf("};", start));
        }
    }

    private static void assertAllIn(String section, Enum<?>... names) {
        assertThat(Arrays.stream(names).map(Enum::name))
                .isNotEmpty()
                .allMatch(name -> Pattern.compile("(?m)^  " + name + ": \"[a-z].{10,}\",$")
                        .matcher(section)
                        .find());
    }

    @Test
    void everyStateHasWords() throws IOException {
        try (InputStream in = StreamEvent.class.getResourceAsStream("/live/details.js")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int start = text.indexOf("const STATES ");
            assertThat(text.substring(start, text.indexOf("};", start)))
                    .contains(Arrays.stream(StreamActivity.values())
                            .map(state -> state + ": \"")
                            .toList());
        }
    }

    @Test
    void everyNameHasWords() throws IOException {
        assertAllIn(section("DROPPED"), DropPolicy.values());
        assertAllIn(section("DEAD"), Rejection.Reason.values());
        assertAllIn(section("INCIDENTS"), Incident.values());
    }
}
