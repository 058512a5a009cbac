package io.kinolift.cli;

import io.kinolift.Distribution;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LauncherIT {
    @TempDir
    private Path folder;

    @Test
    void help_namesTheCommands() throws Exception {
        Distribution.Outcome outcome = Distribution.run(folder, "--help");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output()).contains("upscale", "run", "ingest", "collect", "topics", "compare");
    }

    @Test
    void unknownOption_isWrongUsage() throws Exception {
        assertThat(Distribution.run(folder, "upscale", "--no-such-option").exitCode()).isEqualTo(2);
    }

    @Test
    void valueOutOfBounds_isOneLineThatNamesTheSetting() throws Exception {
        Path output = folder.resolve("out.mp4");
        Distribution.Outcome outcome = Distribution.run(
                folder, "upscale", "pom.xml", output.toString(), "--scale-factor", "2,two,2");
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(2);
        assertThat(outcome.output()).contains("kinolift:").doesNotContain("\tat ");
    }
}
