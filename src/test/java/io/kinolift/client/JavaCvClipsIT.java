package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.Footage;
import io.kinolift.avro.VideoFrame;
import io.kinolift.client.ClientTopics.Got;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber.ImageMode;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real clips through JavaCV's own grabbers and a real broker: what comes back is what they gave. */
@EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".*")
class JavaCvClipsIT {
    private static final int FRAMES = 10;

    @RegisterExtension
    private static final ClientTopics topics = new ClientTopics();

    /** @param bytes of the image without padding */
    private record Sent(long timestamp, byte[] bytes) {}

    /** Sends the first frames of a clip with as few lines as a program needs. */
    private static List<Sent> send(String stream, FFmpegFrameGrabber source, String codec) throws Exception {
        List<Sent> sent = new ArrayList<>();
        source.start();
        try (KafkaFrameRecorder recorder =
                new KafkaFrameRecorder(topics.servers(), stream, source.getImageWidth(), source.getImageHeight())) {
            recorder.setVideoCodecName(codec);
            recorder.setFrameRate(source.getFrameRate());
            recorder.start();
            for (Frame frame = source.grab(); frame != null && sent.size() < FRAMES; frame = source.grab()) {
                recorder.record(frame);
                if (frame.image != null) {
                    byte[] bytes = source.getImageMode() == ImageMode.RAW
                            ? FrameBytes.decoded(frame)
                            : FrameBytes.of(frame, source.getImageMode() == ImageMode.COLOR ? 3 : 1);
                    sent.add(new Sent(frame.timestamp, bytes));
                }
            }
            assertThat(recorder.getFrameNumber()).isEqualTo(sent.size());
        }
        source.close();
        return sent;
    }

    @ParameterizedTest
    @CsvSource({
        "plant_240p.mp4, COLOR, png",
        "plant_240p.mp4, COLOR, raw",
        "plant_240p.mp4, GRAY, png",
        "plant_240p.mp4, RAW, ffv1",
        "tears_of_steel_332p.webm, COLOR, raw",
        "tears_of_steel_332p.webm, RAW, raw",
        "friday_480p_bw.mp4, GRAY, raw",
        "friday_480p_bw.mp4, RAW, ffv1",
        "person_432p10.mp4, RAW, raw",
        "cars_432p12.mp4, RAW, raw",
        "cars_432p12.mp4, COLOR, png",
        "asl_walk_480p.mkv, RAW, ffv1",
    })
    void samplesAndTimes_areThoseThatTheGrabberGave(String clip, ImageMode mode, String codec) throws Exception {
        String stream = "equal-" + clip + mode + codec;
        FFmpegFrameGrabber source = new FFmpegFrameGrabber(Footage.clip(clip).toFile());
        source.setImageMode(mode);
        List<Sent> sent = send(stream, source, codec);
        try (KafkaFrameGrabber grabber = topics.grabber(stream, mode)) {
            grabber.start();
            List<Got> got = ClientTopics.all(grabber);
            assertThat(got).hasSameSizeAs(sent);
            for (int i = 0; i < got.size(); i++) {
                assertThat(got.get(i).timestamp()).isEqualTo(sent.get(i).timestamp());
                assertThat(got.get(i).bytes())
                        .as("frame %d", i)
                        .isEqualTo(sent.get(i).bytes());
            }
            assertThat(grabber.getLengthInFrames()).isEqualTo(FRAMES);
            assertThat(grabber.getDamagedFrames()).isZero();
        }
        assertThat(topics.records(stream).stream().filter(VideoFrame::getDiscontinuity))
                .isEmpty();
    }

    /** Without printing a million numbers. */
    private static void assertSame(byte[] got, byte[] sent, int frame) {
        assertThat(got).hasSameSizeAs(sent);
        assertThat(Arrays.mismatch(got, sent))
                .as("first other byte of frame %d", frame)
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"COLOR", "GRAY"})
    void theDefault_isJpegAndClose(ImageMode mode) throws Exception {
        String stream = "jpeg-" + mode;
        FFmpegFrameGrabber source =
                new FFmpegFrameGrabber(Footage.clip("rooftop_360p.mp4").toFile());
        source.setImageMode(mode);
        List<Sent> sent = send(stream, source, null);
        try (KafkaFrameGrabber grabber = topics.grabber(stream, mode)) {
            grabber.start();
            assertThat(grabber.getVideoCodecName()).isEqualTo("jpeg");
            List<Got> got = ClientTopics.all(grabber);
            assertThat(got).hasSize(FRAMES);
            for (int i = 0; i < FRAMES; i++) {
                double error = meanError(got.get(i).bytes(), sent.get(i).bytes());
                assertThat(error).as("mean difference of frame %d", i).isBetween(0.01, 3.0);
            }
        }
    }

    private static double meanError(byte[] one, byte[] other) {
        assertThat(one).hasSameSizeAs(other);
        long sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs(Byte.toUnsignedInt(one[i]) - Byte.toUnsignedInt(other[i]));
        }
        return (double) sum / one.length;
    }

    /** Of such widths JavaCV's grabber says 5 channels, because it divides the stride by the width. */
    @ParameterizedTest
    @CsvSource({"35, 21", "33, 1", "1, 33", "427, 239"})
    void oddSizes(int width, int height) throws Exception {
        String stream = "odd-" + width + "x" + height;
        FFmpegFrameGrabber source =
                new FFmpegFrameGrabber(Footage.clip("plant_240p.mp4").toFile());
        source.setImageWidth(width);
        source.setImageHeight(height);
        List<Sent> sent = send(stream, source, "png");
        try (KafkaFrameGrabber grabber = topics.grabber(stream, ImageMode.COLOR)) {
            grabber.start();
            assertThat(grabber.getImageWidth()).isEqualTo(width);
            assertThat(grabber.getImageHeight()).isEqualTo(height);
            List<Got> got = ClientTopics.all(grabber);
            assertThat(got).hasSize(FRAMES);
            for (int i = 0; i < FRAMES; i++) {
                assertThat(got.get(i).frame().imageChannels).isEqualTo(3);
                assertSame(got.get(i).bytes(), sent.get(i).bytes(), i);
            }
        }
    }

    /** As a program that converts its own frames would see them; FFmpeg's roundings differ a little. */
    @Test
    void colourOfARawStream_isThatOfJavaCvsGrabber() throws Exception {
        FFmpegFrameGrabber raw =
                new FFmpegFrameGrabber(Footage.clip("plant_240p.mp4").toFile());
        raw.setImageMode(ImageMode.RAW);
        send("raw-as-colour", raw, "raw");
        FFmpegFrameGrabber colour =
                new FFmpegFrameGrabber(Footage.clip("plant_240p.mp4").toFile());
        List<Sent> expected = send("colour-as-colour", colour, "raw");
        try (KafkaFrameGrabber grabber = topics.grabber("raw-as-colour", ImageMode.COLOR)) {
            grabber.start();
            assertThat(grabber.getPixelFormat()).isEqualTo(avutil.AV_PIX_FMT_BGR24);
            assertThat(grabber.getVideoCodecName()).isEqualTo("raw");
            List<Got> got = ClientTopics.all(grabber);
            for (int i = 0; i < FRAMES; i++) {
                assertThat(meanError(got.get(i).bytes(), expected.get(i).bytes()))
                        .isLessThan(3);
            }
        }
    }

    @Test
    void framesOfOpenCv_haveTimesByTheRate() throws Exception {
        List<byte[]> sent = new ArrayList<>();
        try (Mat mat = new Mat(46, 37, opencv_core.CV_8UC3);
                OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
                KafkaFrameRecorder recorder = new KafkaFrameRecorder(topics.servers(), "opencv")) {
            recorder.setVideoCodecName("png");
            recorder.setFrameRate(25);
            recorder.start();
            for (int i = 0; i < 6; i++) {
                opencv_core.randu(
                        mat,
                        new Mat(1, 1, opencv_core.CV_64F, new Scalar(0)),
                        new Mat(1, 1, opencv_core.CV_64F, new Scalar(255)));
                Frame frame = converter.convert(mat);
                sent.add(FrameBytes.of(frame, 3));
                recorder.record(frame);
            }
        }
        try (KafkaFrameGrabber grabber = topics.grabber("opencv", ImageMode.COLOR)) {
            grabber.start();
            assertThat(grabber.getFrameRate()).isEqualTo(25, within(1e-9));
            List<Got> got = ClientTopics.all(grabber);
            assertThat(got.stream().map(Got::timestamp))
                    .containsExactly(0L, 40_000L, 80_000L, 120_000L, 160_000L, 200_000L);
            for (int i = 0; i < 6; i++) {
                assertSame(got.get(i).bytes(), sent.get(i), i);
            }
        }
    }

    /** A common program: the clip over and over, by starting its grabber again. */
    @Test
    void aLoopOverAClip_hasTimesThatGrowAndOneMarkForEachRound() throws Exception {
        try (FFmpegFrameGrabber source =
                        new FFmpegFrameGrabber(Footage.clip("plant_240p.mp4").toFile());
                KafkaFrameRecorder recorder = new KafkaFrameRecorder(topics.servers(), "loop")) {
            recorder.setVideoCodecName("jpeg");
            recorder.start();
            for (int round = 0; round < 3; round++) {
                source.start();
                for (int i = 0; i < 5; i++) {
                    Frame frame = source.grabImage();
                    recorder.setTimestamp(source.getTimestamp());
                    recorder.record(frame);
                }
                source.stop();
            }
        }
        List<VideoFrame> records = topics.records("loop");
        assertThat(records).hasSize(16);
        for (int i = 1; i < 15; i++) {
            assertThat(records.get(i).getPts()).isGreaterThan(records.get(i - 1).getPts());
            assertThat(records.get(i).getDiscontinuity()).as("mark of %d", i).isEqualTo(i % 5 == 0);
            assertThat(records.get(i).getSequence()).isEqualTo(i);
        }
    }

    /** Ten bits, times that are not even, no default for the codec: FFV1. */
    @Test
    void tenBits_asUnsignedShorts() throws Exception {
        FFmpegFrameGrabber source = new FFmpegFrameGrabber(
                Footage.awkward("phone_hdr10_1080p_10bit_vfr.mp4").toFile());
        source.setImageMode(ImageMode.RAW);
        List<Sent> sent = send("ten-bits", source, null);
        try (KafkaFrameGrabber grabber = topics.grabber("ten-bits", ImageMode.RAW)) {
            grabber.start();
            assertThat(grabber.getVideoCodecName()).isEqualTo("ffv1");
            assertThat(grabber.getPixelFormat()).isEqualTo(avutil.AV_PIX_FMT_YUV420P10LE);
            List<Got> got = ClientTopics.all(grabber);
            assertThat(got).hasSize(FRAMES);
            for (int i = 0; i < FRAMES; i++) {
                assertThat(got.get(i).frame().imageDepth).isEqualTo(Frame.DEPTH_USHORT);
                assertThat(got.get(i).timestamp()).isEqualTo(sent.get(i).timestamp());
                assertSame(got.get(i).bytes(), sent.get(i).bytes(), i);
            }
            // H.273: what the phone says of its colours.
            assertThat(got.getFirst().origin().format().colour().transfer()).isEqualTo(16);
        }
    }

    /** An elementary stream has no times: JavaCV's are all 0. */
    @Test
    void aStreamWithoutTimes_hasThoseOfTheRate() throws Exception {
        FFmpegFrameGrabber source = new FFmpegFrameGrabber(
                Footage.awkward("h264_annexb_bframes_no_pts.264").toFile());
        List<Sent> sent = send("no-pts", source, "jpeg");
        List<VideoFrame> records = topics.records("no-pts");
        assertThat(sent.size()).isGreaterThan(4);
        assertThat(sent.stream().map(Sent::timestamp).distinct()).hasSize(1);
        for (int i = 1; i < sent.size(); i++) {
            assertThat(records.get(i).getPts()).isGreaterThan(records.get(i - 1).getPts() + 10_000);
        }
    }

    @Test
    void aStreamThatChangesItsSize_givesFramesOfBothSizes() throws Exception {
        List<String> sizes = new ArrayList<>();
        try (FFmpegFrameGrabber source = new FFmpegFrameGrabber(
                        Footage.awkward("h264_res_change.264").toFile());
                KafkaFrameRecorder recorder = new KafkaFrameRecorder(topics.servers(), "res-change")) {
            source.start();
            recorder.setVideoCodecName("jpeg");
            recorder.setFrameRate(25);
            recorder.start();
            for (Frame frame = source.grabImage(); frame != null; frame = source.grabImage()) {
                sizes.add(frame.imageWidth + "x" + frame.imageHeight);
                recorder.record(frame);
            }
        }
        assertThat(sizes.stream().distinct()).hasSizeGreaterThan(1);
        try (KafkaFrameGrabber grabber = topics.grabber("res-change", ImageMode.COLOR)) {
            grabber.start();
            assertThat(ClientTopics.all(grabber).stream()
                            .map(got -> got.frame().imageWidth + "x" + got.frame().imageHeight))
                    .isEqualTo(sizes);
        }
    }
}
