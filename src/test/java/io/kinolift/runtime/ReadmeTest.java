package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.settings.KinoliftConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README says what the code says. */
class ReadmeTest {
    @Test
    void theSettingsTableIsTheOneThatIsPrinted() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String table = readme.substring(
                readme.indexOf("<!-- settings -->") + "<!-- settings -->".length(),
                readme.indexOf("<!-- /settings -->"));
        assertThat(table.strip()).isEqualTo(KinoliftConfig.markdownTable().strip());
    }
}
