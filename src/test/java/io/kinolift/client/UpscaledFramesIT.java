package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.Footage;
import io.kinolift.client.ClientTopics.Got;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.KinoliftConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber.ImageMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** With the application between recorder and grabber, at factor 2 in time and space. */
class UpscaledFramesIT {
    private static final int PATIENCE_MS = 120_000;

    @TempDir
    private Path state;

    private EmbeddedBroker broker;
    private KinoliftStreams streams;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new Topics(
                            "kinolift.frames",
                            "kinolift.upscaled",
                            "kinolift.dead-letters",
                            "kinolift.accounts",
                            1,
                            (short) 1,
                            16 << 20,
                            64 << 20,
                            -1)
                    .create(admin);
        }
        Map<String, String> kafka = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "application.id",
                "client",
                "commit.interval.ms",
                "100");
        streams = new KinoliftStreams(
                new KinoliftConfig(Map.of(
                        "kinolift.scale.factor", "2,2,2",
                        "kinolift.temporal.grid", "source",
                        "kinolift.window.size", "4")),
                kafka,
                state);
        streams.start();
    }

    @AfterEach
    void stop() {
        streams.close();
        broker.close();
    }

    private List<Got> upscaled(String stream, ImageMode mode) throws Exception {
        try (KafkaFrameGrabber grabber = new KafkaFrameGrabber(broker.bootstrapServers(), stream)) {
            grabber.setImageMode(mode);
            grabber.setTimeout(PATIENCE_MS);
            grabber.start();
            List<Got> got = ClientTopics.all(grabber);
            assertThat(grabber.getMetadata("upscaled")).isEqualTo(grabber.getMetadata("received"));
            assertThat(grabber.getMetadata("deadLettered")).isEqualTo("0");
            return got;
        }
    }

    /** On the grid of the source, every second frame shows an input at its own time. */
    @Test
    @EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".*")
    void countSizeAndTimes_ofARealClip() throws Exception {
        int frames = 9;
        long[] times = new long[frames];
        try (FFmpegFrameGrabber source =
                        new FFmpegFrameGrabber(Footage.clip("plant_240p.mp4").toFile());
                KafkaFrameRecorder recorder = new KafkaFrameRecorder(broker.bootstrapServers(), "plant", 320, 240)) {
            source.start();
            recorder.setFrameRate(source.getFrameRate());
            recorder.start();
            for (int i = 0; i < frames; i++) {
                Frame frame = source.grabImage();
                times[i] = frame.timestamp;
                recorder.record(frame);
            }
        }
        try (KafkaFrameGrabber grabber = new KafkaFrameGrabber(broker.bootstrapServers(), "plant")) {
            grabber.setTimeout(PATIENCE_MS);
            grabber.start();
            assertThat(grabber.getImageWidth()).isEqualTo(640);
            assertThat(grabber.getImageHeight()).isEqualTo(480);
            assertThat(grabber.getFrameRate()).isEqualTo(60, within(0.1));
        }
        List<Got> got = upscaled("plant", ImageMode.COLOR);
        assertThat(got).hasSize(2 * frames);
        for (int i = 0; i < got.size() - 1; i++) {
            long expected = i % 2 == 0 ? times[i / 2] : Math.ceilDiv(times[i / 2] + times[i / 2 + 1], 2);
            assertThat(got.get(i).timestamp()).as("frame %d", i).isEqualTo(expected);
            assertThat(got.get(i).frame().imageWidth).isEqualTo(640);
            assertThat(got.get(i).frame().imageHeight).isEqualTo(480);
            assertThat(got.get(i).origin().discontinuity()).isFalse();
        }
    }

    /** Another size begins a segment, and so does a source that is started again. */
    @Test
    void anotherSizeAndTimesThatGoBack_areSegmentsOfTheirOwn() throws Exception {
        try (KafkaFrameRecorder recorder = new KafkaFrameRecorder(broker.bootstrapServers(), "segments")) {
            recorder.setFrameRate(25);
            recorder.start();
            for (int i = 0; i < 12; i++) {
                Frame frame = i < 4 ? FrameBytes.bytes(32, 24, 3, 96, i) : FrameBytes.bytes(48, 36, 3, 144, i);
                recorder.setTimestamp(40_000L * (i < 8 ? i : i - 8));
                recorder.record(frame);
            }
        }
        List<Got> got = upscaled("segments", ImageMode.RAW);
        assertThat(got.stream().filter(one -> one.frame().imageWidth == 64)).hasSize(8);
        assertThat(got.stream().filter(one -> one.frame().imageWidth == 96)).hasSize(16);
        assertThat(got.stream()
                        .filter(one -> one.origin().discontinuity())
                        .map(one -> one.origin().sequence()))
                .containsExactly(16L);
        for (int i = 1; i < got.size(); i++) {
            assertThat(got.get(i).timestamp()).isGreaterThan(got.get(i - 1).timestamp());
        }
        assertThat(got.getLast().timestamp()).isEqualTo(11 * 40_000 + 20_000);
    }
}
