package io.kinolift.cli;

import io.kinolift.settings.KinoliftConfig;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What is done to frames. Each option is a setting of the same name; see {@link KinoliftConfig}. */
final class OperatorOptions {
    private final Map<String, String> settings = new HashMap<>();

    @Option(
            names = {"--operator", "--mode"},
            paramLabel = "NAME",
            description = "trilinear (default), bilinear, bicubic, nearest, conv-transpose3d or onnx")
    void operator(String value) {
        settings.put(KinoliftConfig.OPERATOR, value);
    }

    @Option(
            names = "--scale-factor",
            paramLabel = "T,H,W",
            description =
                    "output over input in time, height, width; exact numbers such as 2, 5/2 or 1.15 (default 2,2,2)")
    void scaleFactor(String value) {
        settings.put(KinoliftConfig.SCALE_FACTOR, value);
    }

    @Option(names = "--size", paramLabel = "WxH", description = "output size; replaces the factors of height and width")
    void size(String value) {
        settings.put(KinoliftConfig.SIZE, value);
    }

    @Option(names = "--align-corners", description = "corner samples of input and output coincide, as in PyTorch")
    void alignCorners(boolean value) {
        settings.put(KinoliftConfig.ALIGN_CORNERS, Boolean.toString(value));
    }

    @Option(
            names = "--temporal-grid",
            paramLabel = "GRID",
            description = "half-pixel (default), or source: input frames pass through, new ones lie between")
    void temporalGrid(String value) {
        settings.put(KinoliftConfig.TEMPORAL_GRID, value);
    }

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description =
                    "safetensors file with the weights of conv-transpose3d (default: fitted ones that come with Kinolift), or adaptive, or trilinear")
    void weights(String value) {
        settings.put(KinoliftConfig.WEIGHTS, value);
    }

    @Option(
            names = "--weights-prefix",
            paramLabel = "NAME",
            description = "name of the layer within that file, such as decoder.up")
    void weightsPrefix(String value) {
        settings.put(KinoliftConfig.WEIGHTS_PREFIX, value);
    }

    @Option(
            names = "--stride",
            paramLabel = "T,H,W",
            description = "output over input of conv-transpose3d; one number: every axis the kernel spans (default 2)")
    void stride(String value) {
        settings.put(KinoliftConfig.STRIDE, value);
    }

    @Option(
            names = "--padding",
            paramLabel = "T,H,W",
            description = "outputs cut off both ends (default: what fitted weights say, else 0)")
    void padding(String value) {
        settings.put(KinoliftConfig.PADDING, value);
    }

    @Option(
            names = "--output-padding",
            paramLabel = "T,H,W",
            description = "outputs more at the far ends (default: likewise)")
    void outputPadding(String value) {
        settings.put(KinoliftConfig.OUTPUT_PADDING, value);
    }

    @Option(names = "--dilation", paramLabel = "T,H,W", description = "how far apart the kernel's taps lie (default 1)")
    void dilation(String value) {
        settings.put(KinoliftConfig.DILATION, value);
    }

    @Option(names = "--groups", paramLabel = "N", description = "groups of channels, as in PyTorch (default 1)")
    void groups(String value) {
        settings.put(KinoliftConfig.GROUPS, value);
    }

    @Option(
            names = "--border",
            paramLabel = "BORDER",
            description = "what conv-transpose3d sees outside: edge (default), or zeros as in PyTorch")
    void border(String value) {
        settings.put(KinoliftConfig.BORDER, value);
    }

    @Option(
            names = "--overshoot",
            paramLabel = "SHARE",
            description =
                    "by how much of their range luma may leave the range of the inputs around: 0 to 1, or off for "
                            + "what PyTorch gives (default: what fitted weights say)")
    void overshoot(String value) {
        settings.put(KinoliftConfig.OVERSHOOT, value);
    }

    @Option(
            names = "--channels",
            paramLabel = "CHANNELS",
            description = "what it works on: luma (default), planes or rgb")
    void channels(String value) {
        settings.put(KinoliftConfig.CHANNELS, value);
    }

    @Option(names = "--model", paramLabel = "FILE", description = "ONNX file of a network, for onnx")
    void model(String value) {
        settings.put(KinoliftConfig.MODEL, value);
    }

    @Option(
            names = "--model-halo",
            paramLabel = "T,H,W",
            description = "how far beyond its own input an output of it depends on others (default: its metadata)")
    void modelHalo(String value) {
        settings.put(KinoliftConfig.MODEL_HALO, value);
    }

    @Option(names = "--window-size", paramLabel = "N", description = "core frames per window (default 8)")
    void windowSize(String value) {
        settings.put(KinoliftConfig.WINDOW_SIZE, value);
    }

    @Option(names = "--window-edges", paramLabel = "EDGES", description = "seamless (default) or independent")
    void windowEdges(String value) {
        settings.put(KinoliftConfig.WINDOW_EDGES, value);
    }

    @Option(
            names = "--gap",
            paramLabel = "POLICY",
            description = "places whose frames did not come: split (default), hold or bridge")
    void gap(String value) {
        settings.put(KinoliftConfig.GAP, value);
    }

    @Option(
            names = "--scene-cut",
            paramLabel = "THRESHOLD|off",
            description = "how unlike two pictures must be that are never blended, 0 to 1 and beyond (default 0.4)")
    void sceneCut(String value) {
        settings.put(KinoliftConfig.SCENE_CUT, value);
    }

    @Option(
            names = "--frame-codec",
            paramLabel = "CODEC",
            description =
                    "what travels through Kafka: jpeg (default), png, raw, ffv1 (default of upscale for 10-bit video)")
    void frameCodec(String value) {
        settings.put(KinoliftConfig.FRAME_CODEC, value);
    }

    @Option(names = "--quality", paramLabel = "Q", description = "FFmpeg's qscale, 1 (best) to 31 (default 2)")
    void quality(String value) {
        settings.put(KinoliftConfig.QUALITY, value);
    }

    @Option(names = "--threads", paramLabel = "N", description = "threads; 0 (default) is one per core")
    void threads(String value) {
        settings.put(KinoliftConfig.THREADS, value);
    }

    Map<String, String> settings() {
        return settings;
    }

    int threads() {
        int threads = new KinoliftConfig(settings).getInt(KinoliftConfig.THREADS);
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
