package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.tensor.LibtorchConvTranspose;
import io.kinolift.tensor.Tensor;
import io.kinolift.upscale.convolve.RgbByDefinition;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.TimedPicture;
import io.kinolift.video.VideoReader;
import io.kinolift.weights.ConvTransposeWeights;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A decoded clip, and libtorch's output for it with a kernel of 4, stride 2, padding 1. */
record ConvolvedClip(List<EncodedFrame> frames) {
    private static final int[] TWO = {2, 2, 2};
    private static final int[] ONE = {1, 1, 1};
    private static final int[] NONE = {0, 0, 0};

    /** Raw frames of a video, up to a limit. */
    static ConvolvedClip read(Path video, int most) throws Exception {
        List<EncodedFrame> frames = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(video.toString(), ReaderLimits.DEFAULT)) {
            for (TimedPicture next = reader.next(); next != null && frames.size() < most; next = reader.next()) {
                try (TimedPicture timed = next) {
                    FrameFormat format = new FrameFormat(
                            Codec.RAW,
                            timed.picture().format(),
                            timed.picture().width(),
                            timed.picture().height(),
                            Rational.ONE,
                            timed.colour());
                    try (FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT)) {
                        int n = frames.size();
                        frames.add(new EncodedFrame(
                                "a",
                                0,
                                n,
                                n * 40L,
                                40,
                                TopologyFixture.MILLIS,
                                format,
                                true,
                                false,
                                0,
                                encoder.encode(timed.picture())));
                    }
                }
            }
        }
        return new ConvolvedClip(frames);
    }

    List<ByteBuffer> payloads() {
        return frames.stream().map(EncodedFrame::payload).toList();
    }

    /**
     * Compares the luma of all frames.
     *
     * @return how many luma samples differ by 1; a larger difference is an error
     */
    long differencesOfLuma(List<ByteBuffer> found, Layer layer) {
        int height = frames.getFirst().format().height();
        int width = frames.getFirst().format().width();
        Tensor input = Tensor.zeros(1, 1, frames.size(), height, width);
        for (int i = 0; i < input.count(); i++) {
            input.data()[i] = sample(i / (height * width), i % (height * width)) / 255f;
        }
        Tensor output = layer.libtorch(input);
        assertThat(output.shape()).containsExactly(1, 1, found.size(), 2 * height, 2 * width);
        long others = 0;
        for (int i = 0; i < output.count(); i++) {
            ByteBuffer payload = found.get(i / (4 * height * width));
            others += difference(payload.get(payload.position() + i % (4 * height * width)), 255.0 * output.data()[i]);
        }
        System.out.printf("luma: %d of %d samples differ by 1%n", others, output.count());
        return others;
    }

    /**
     * Compares all planes of all frames.
     *
     * @return how many samples of all planes differ by 1; a larger difference is an error
     */
    long differencesOfRgb(List<ByteBuffer> found, Layer layer) {
        FrameFormat format = frames.getFirst().format();
        int height = format.height();
        int width = format.width();
        assertThat(format.pixelFormat()).isEqualTo(PixelFormat.YUV420P);
        RgbByDefinition conversion = new RgbByDefinition(format.pixelFormat(), height, format.colour());
        Tensor input = Tensor.zeros(1, 3, frames.size(), height, width);
        int at = 0;
        for (int c = 0; c < 3; c++) {
            for (int n = 0; n < frames.size(); n++) {
                int frame = n;
                for (int i = 0; i < height * width; i++) {
                    input.data()[at++] = (float) (conversion.pixel(
                                    (p, y, x, component) ->
                                            sample(frame, planeStart(p, height, width) + y * planeWidth(p, width) + x),
                                    height,
                                    width,
                                    c,
                                    i / width,
                                    i % width)
                            / 255);
                }
            }
        }
        Tensor output = layer.libtorch(input);
        assertThat(output.shape()).containsExactly(1, 3, found.size(), 2 * height, 2 * width);
        long others = 0;
        long samples = 0;
        for (int n = 0; n < found.size(); n++) {
            int frame = n;
            ByteBuffer payload = found.get(n);
            int next = payload.position();
            for (int p = 0; p < 3; p++) {
                int columns = planeWidth(p, 2 * width);
                int rows = p == 0 ? 2 * height : height;
                for (int i = 0; i < rows * columns; i++, samples++) {
                    double v = conversion.plane(
                            (c, y, x) -> 255.0 * output.get(0, c, frame, y, x),
                            p,
                            0,
                            i / columns,
                            i % columns,
                            2 * height,
                            2 * width);
                    others += difference(payload.get(next++), v);
                }
            }
        }
        System.out.printf("rgb: %d of %d samples differ by 1%n", others, samples);
        return others;
    }

    private static int planeStart(int plane, int height, int width) {
        int chroma = Math.ceilDiv(height, 2) * Math.ceilDiv(width, 2);
        return plane == 0 ? 0 : height * width + (plane - 1) * chroma;
    }

    private static int planeWidth(int plane, int width) {
        return plane == 0 ? width : Math.ceilDiv(width, 2);
    }

    private int sample(int frame, int at) {
        return frames.get(frame).payload().get(at) & 0xff;
    }

    /** 0 or 1; more is a failure. */
    private static int difference(byte found, double v) {
        int difference = Math.abs((found & 0xff) - (int) Math.clamp(Math.floor(v + 0.5), 0, 255));
        if (difference > 1) {
            throw new AssertionError("expected " + v + ", found " + (found & 0xff));
        }
        return difference;
    }

    record Layer(Tensor weight, Tensor bias, Path file) {
        /** Blurs of random shape and a little bias, so that most samples are not clamped. */
        static Layer random(int channels, Path file) throws Exception {
            Random random = new Random(channels);
            Tensor weight = Tensor.zeros(channels, channels, 4, 4, 4);
            for (int i = 0; i < weight.count(); i++) {
                weight.data()[i] = (float) ((random.nextDouble() - 0.2) * 0.4 / channels);
            }
            Tensor bias = Tensor.zeros(channels);
            for (int i = 0; i < channels; i++) {
                bias.data()[i] = (float) (random.nextDouble() - 0.5) / 10;
            }
            new ConvTransposeWeights(weight, Optional.of(bias)).save(file, "up", Map.of());
            return new Layer(weight, bias, file);
        }

        Tensor libtorch(Tensor input) {
            return LibtorchConvTranspose.apply(input, weight, bias, TWO, ONE, NONE, 1, ONE, true);
        }
    }
}
