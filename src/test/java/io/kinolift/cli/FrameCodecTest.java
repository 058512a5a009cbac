package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codecs whose frames refer to each other, where each frame is encoded alone. */
class FrameCodecTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"h264", "hevc", "vp9", "av1"})
    void toIngest_areRefusedBeforeTheBrokerIsAsked(String codec) {
        assertRefused("ingest", "no.mp4", "--stream", "a", "--bootstrap-server", "127.0.0.1:1", "--frame-codec", codec);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h264", "vp9", "av1"})
    void toUpscale_areRefused(String codec) throws Exception {
        Path clip = folder.resolve("clip.mp4");
        TestClip.write(clip);
        assertRefused("upscale", clip.toString(), folder.resolve("out.mp4").toString(), "--frame-codec", codec);
    }

    private static void assertRefused(String... command) {
        CommandLineProgram.Outcome outcome = CommandLineProgram.run(command);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.output())
                .contains("kinolift.frame.codec", "decode alone")
                .doesNotContain("Exception");
    }
}
