package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide's tables have the options that there are. */
class ClientGuideTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.]+)`");

    @Test
    void everyOption_hasALine() throws Exception {
        String guide = Files.readString(Path.of("src/doc/clients-java.md"));
        int grabber = guide.indexOf("| of the grabber");
        assertThat(options(guide.substring(0, grabber), "delivery.timeout.ms")).isEqualTo(Options.OF_RECORDER);
        assertThat(options(guide.substring(grabber), null)).isEqualTo(Options.OF_GRABBER);
        assertThat(guide).contains("| `delivery.timeout.ms` | `" + KafkaSettings.DELIVERY_MS + "` |");
    }

    private static Set<String> options(String text, String kafkas) {
        return ROW.matcher(text)
                .results()
                .map(row -> row.group(1))
                .filter(name -> !name.equals(kafkas))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
