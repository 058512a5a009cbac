package io.kinolift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The systemd unit of the Debian package. */
class ServiceUnitTest {
    /** Its user may write to StateDirectory, and to nothing beside it; the journal is made beside the state folder. */
    @Test
    void theJournalLiesWhereTheServiceMayWrite() throws Exception {
        String unit = Files.readString(Path.of("src/main/dist/deb/kinolift.service"));
        String may = found("(?m)^StateDirectory=(\\S+)$", unit);
        String state = found("--state-dir %S/(\\S+)", unit);
        assertThat(Path.of(state).getParent()).isEqualTo(Path.of(may));
    }

    private static String found(String pattern, String unit) {
        Matcher matcher = Pattern.compile(pattern).matcher(unit);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
