package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Footage;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.tensor.LibtorchConvTranspose;
import io.kinolift.topology.ConvolvedClip.Layer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernel 4, stride 2, padding 1 on real video. */
@EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".*")
class ConvTransposeFootageTest {
    private static final int FRAMES = 4;
    private static final int MAX_RECORD_BYTES = 1 << 24;

    private static ConvolvedClip clip;

    @TempDir
    private Path folder;

    @BeforeAll
    static void decodeClip() throws Exception {
        clip = ConvolvedClip.read(Footage.clip("plant_240p.mp4"), FRAMES);
    }

    private static List<VideoFrame> upscaled(String... settings) {
        return upscaled(clip.frames(), settings);
    }

    private static List<VideoFrame> upscaled(List<EncodedFrame> frames, String... settings) {
        try (TopologyFixture fixture = new TopologyFixture(MAX_RECORD_BYTES, settings)) {
            frames.forEach(fixture::send);
            fixture.end("a", 0, FRAMES);
            List<VideoFrame> output = fixture.output();
            assertThat(fixture.deadLetters()).isEmpty();
            return output.subList(0, output.size() - 1);
        }
    }

    /** A kernel for planes knows nothing of where chroma lies. */
    private static List<EncodedFrame> framesFor(String channels) {
        return channels.equals("luma")
                ? clip.frames()
                : clip.frames().stream()
                        .map(frame -> {
                            FrameFormat said = frame.format();
                            FrameFormat unsaid = new FrameFormat(
                                    said.codec(),
                                    said.pixelFormat(),
                                    said.width(),
                                    said.height(),
                                    said.sampleAspectRatio(),
                                    Colour.UNSPECIFIED);
                            return TopologyFixture.with(frame, unsaid, frame.payloadBytes());
                        })
                        .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"luma", "planes"})
    void theTrilinearKernel_isTrilinearToTheByte(String channels) {
        for (String grid : List.of("half-pixel", "source")) {
            List<EncodedFrame> frames = framesFor(channels);
            List<VideoFrame> found = upscaled(
                    frames,
                    "operator",
                    "conv-transpose3d",
                    "weights",
                    "trilinear",
                    "channels",
                    channels,
                    "window.size",
                    "3",
                    "temporal.grid",
                    grid);
            assertThat(found)
                    .hasSize(2 * FRAMES)
                    .isEqualTo(upscaled(frames, "operator", "trilinear", "temporal.grid", grid));
        }
    }

    /** On the source grid every other output is what a factor of 1 in time makes of that input. */
    @Test
    void sourceFrames_areKept() {
        List<VideoFrame> both = upscaled("operator", "conv-transpose3d", "temporal.grid", "source", "window.size", "2");
        List<VideoFrame> still = upscaled("operator", "conv-transpose3d", "scale.factor", "1,2,2");
        assertThat(both).hasSize(2 * FRAMES);
        for (int frame = 0; frame < FRAMES; frame++) {
            assertThat(both.get(2 * frame).getPayload())
                    .isEqualTo(still.get(frame).getPayload());
        }
    }

    /** Windows of one frame have fewer outputs than there are threads. */
    @ParameterizedTest
    @ValueSource(strings = {"trilinear", "bicubic", "conv-transpose3d"})
    void rowsSharedOutToThreads_giveTheSameBytes(String operator) {
        assertThat(upscaled("operator", operator, "window.size", "1", "threads", "8"))
                .hasSize(2 * FRAMES)
                .isEqualTo(upscaled("operator", operator, "threads", "1"));
    }

    @Test
    void randomWeights_onLuma() throws Exception {
        LibtorchConvTranspose.assumeRight();
        Layer layer = Layer.random(1, folder.resolve("luma.safetensors"));
        List<VideoFrame> found = upscaled(
                "operator",
                "conv-transpose3d",
                "weights",
                layer.file().toString(),
                "weights.prefix",
                "up",
                "padding",
                "1",
                "window.size",
                "2");
        assertThat(clip.differencesOfLuma(
                        found.stream().map(VideoFrame::getPayload).toList(), layer))
                .isLessThan(1000);
    }

    @Test
    void randomWeights_onRgb() throws Exception {
        LibtorchConvTranspose.assumeRight();
        Layer layer = Layer.random(3, folder.resolve("rgb.safetensors"));
        List<VideoFrame> found = upscaled(
                "operator",
                "conv-transpose3d",
                "weights",
                layer.file().toString(),
                "weights.prefix",
                "up",
                "padding",
                "1",
                "channels",
                "rgb",
                "window.size",
                "3");
        assertThat(clip.differencesOfRgb(
                        found.stream().map(VideoFrame::getPayload).toList(), layer))
                .isLessThan(1000);
    }
}
