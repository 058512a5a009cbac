package io.kinolift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.runtime.Version;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** ReleaseIT looks into the libraries too. */
class ModulesTest {
    @Test
    void theReleasesJava_hasTheModulesOfOurClasses() throws Exception {
        Path classes = Path.of(Version.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertThat(Modules.listed()).containsAll(Modules.referredToBy(classes));
    }
}
