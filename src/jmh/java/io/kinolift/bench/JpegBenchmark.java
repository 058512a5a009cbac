package io.kinolift.bench;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameDecoder;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * FFmpeg's own JPEG codec, which Kinolift takes, beside the libjpeg-turbo that is in OpenCV: one 4K picture, 4:2:0. To
 * turbo a picture is BGR, so that its conversion is in its time, as it would be in a pipeline of planes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class JpegBenchmark {
    private static final int WIDTH = 3840;
    private static final int HEIGHT = 2160;
    /** Gives about as many bytes as FFmpeg's quality 2; printed, so that it can be checked. */
    private static final int TURBO_QUALITY = 92;

    private static final long MAX_PIXELS = (long) WIDTH * HEIGHT;

    private final FrameFormat format =
            new FrameFormat(Codec.JPEG, PixelFormat.YUV420P, WIDTH, HEIGHT, Rational.ONE, Colour.UNSPECIFIED);
    private final IntPointer quality = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, TURBO_QUALITY);
    private FrameDecoder decoder;
    private FrameEncoder encoder;
    private byte[] jpeg;
    private Mat jpegBytes;
    private Picture planes;
    private Mat bgr;

    /** Makes the picture in both forms. */
    @Setup
    public void open() throws IOException, InterruptedException, FrameCodecException {
        opencv_core.setNumThreads(1);
        try (PipelineInputs inputs = PipelineInputs.make(new PipelineInputs.Source(null, 1), WIDTH, HEIGHT)) {
            jpeg = inputs.frames().getFirst();
        }
        jpegBytes = new Mat(1, jpeg.length, opencv_core.CV_8UC1, new BytePointer(jpeg));
        decoder = FrameCodecs.decoder(Codec.JPEG, new DecoderLimits(MAX_PIXELS));
        encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT);
        planes = decoder.decode(format, jpeg);
        bgr = decodeWithTurbo();
        System.out.printf("FFmpeg %d bytes, turbo %d bytes%n", encodeWithFfmpeg().length, encodeWithTurbo());
    }

    /** One picture. */
    @Benchmark
    public byte[] encodeWithFfmpeg() throws FrameCodecException {
        return encoder.encode(planes);
    }

    /** One picture. @return its bytes */
    @Benchmark
    public long encodeWithTurbo() {
        try (BytePointer made = new BytePointer()) {
            opencv_imgcodecs.imencode(".jpg", bgr, made, quality);
            return made.limit();
        }
    }

    /** One picture. */
    @Benchmark
    public int decodeWithFfmpeg() throws FrameCodecException {
        try (Picture picture = decoder.decode(format, jpeg)) {
            return picture.height();
        }
    }

    /** One picture. */
    @Benchmark
    public Mat decodeWithTurbo() {
        return opencv_imgcodecs.imdecode(jpegBytes, opencv_imgcodecs.IMREAD_COLOR);
    }

    /** Frees all. */
    @TearDown
    public void close() {
        planes.close();
        encoder.close();
        decoder.close();
    }
}
