package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.Distribution;
import io.kinolift.Footage;
import io.kinolift.ffmpeg.FfmpegProgram;
import io.kinolift.tensor.LibtorchConvTranspose;
import io.kinolift.topology.ConvolvedClip.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A clip through a broker with weights from a file, against libtorch on the decoded clip: in luma as much as makes three
 * windows, and in RGB, whose conversion by definition is slow, as much as makes two.
 */
@EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".*")
class ConvTransposeIT {
    enum Channels {
        LUMA(20),
        RGB(12);

        private final int frames;

        Channels(int frames) {
            this.frames = frames;
        }
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aClipThroughKafka_isLibtorchs(Channels channels) throws Exception {
        LibtorchConvTranspose.assumeRight();
        assumeTrue(FfmpegProgram.isAvailable(), "FFmpeg's program does not start here");
        Path input = start(Footage.clip("plant_240p.mp4"), channels.frames);
        Path output = folder.resolve("out.mkv");
        Layer layer = Layer.random(channels == Channels.RGB ? 3 : 1, folder.resolve("up.safetensors"));
        Path log = folder.resolve("log");
        Process process = Distribution.startAsDelivered(
                log,
                "upscale",
                input.toString(),
                output.toString(),
                "--operator",
                "conv-transpose3d",
                "--weights",
                layer.file().toString(),
                "--weights-prefix",
                "up",
                "--padding",
                "1",
                "--channels",
                channels.name().toLowerCase(Locale.ROOT),
                "--scene-cut",
                "off",
                "--frame-codec",
                "raw",
                "--video-codec",
                "ffv1");
        assertThat(process.waitFor()).as(() -> text(log)).isZero();
        ConvolvedClip clip = ConvolvedClip.read(input, Integer.MAX_VALUE);
        var found = ConvolvedClip.read(output, Integer.MAX_VALUE).payloads();
        assertThat(found).hasSize(2 * clip.frames().size());
        long differences =
                channels == Channels.RGB ? clip.differencesOfRgb(found, layer) : clip.differencesOfLuma(found, layer);
        assertThat(differences).isLessThan(3_000);
    }

    /** Its first frames, without loss. */
    private Path start(Path clip, int frames) {
        Path start = folder.resolve("start.mkv");
        FfmpegProgram.run("-i", clip, "-an", "-frames:v", frames, "-c:v", "ffv1", start);
        return start;
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
