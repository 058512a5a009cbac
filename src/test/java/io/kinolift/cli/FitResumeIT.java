package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kinolift.Distribution;
import io.kinolift.Processes;
import io.kinolift.fit.SyntheticClip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fit that is killed goes on where it was, and comes to the same bytes. */
class FitResumeIT {
    private static final int SIGKILL = 128 + 9;

    /** A pass over one clip takes much longer than a look at the log. */
    private static final int FRAMES = 40;

    @TempDir
    private static Path clips;

    @TempDir
    private Path folder;

    @BeforeAll
    static void write() throws Exception {
        for (int i = 1; i <= 3; i++) {
            SyntheticClip.write(clips.resolve(i + ".mkv"), 640, 360, FRAMES, i);
        }
    }

    @Test
    void betweenFrames() throws Exception {
        assertGoesOn("frames between", "--scale-factor=2,2,2");
    }

    @Test
    void adaptive() throws Exception {
        assertGoesOn("kinds of detail", "--adaptive");
    }

    private void assertGoesOn(String pass, String option) throws Exception {
        Path whole = folder.resolve("whole.safetensors");
        Distribution.Outcome uninterrupted = fit(whole, option);
        assertThat(uninterrupted.exitCode()).as(uninterrupted.output()).isZero();

        Path weights = folder.resolve("weights.safetensors");
        Path log = folder.resolve("killed.txt");
        Process killed = Distribution.startAsDelivered(log, "fit", weights.toString(), clips.toString(), option);
        try {
            await().pollInterval(Duration.ofMillis(2))
                    .atMost(Duration.ofMinutes(2))
                    .failFast(() -> Processes.requireAlive(killed, log))
                    .until(() -> Files.readString(log).contains(pass + ": clip 2 of 3, 2.mkv"));
        } finally {
            killed.destroyForcibly();
        }
        assertThat(killed.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(killed.exitValue()).isEqualTo(SIGKILL);
        assertThat(Files.readString(log)).doesNotContain(pass + ": clip 3 of 3");
        assertThat(weights).doesNotExist();

        Distribution.Outcome resumed = fit(weights, option, "--resume");
        assertThat(resumed.exitCode()).as(resumed.output()).isZero();
        assertThat(resumed.output().lines().filter(line -> line.contains(": clip ")))
                .containsExactly(pass + ": clip 2 of 3, 2.mkv", pass + ": clip 3 of 3, 3.mkv");
        assertThat(weights).hasSameBinaryContentAs(whole);
        assertThat(folder.resolve("weights.safetensors.partial")).doesNotExist();
    }

    private Distribution.Outcome fit(Path weights, String... options) throws Exception {
        return Distribution.runAsDelivered(
                folder,
                Stream.concat(Stream.of("fit", weights.toString(), clips.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }
}
