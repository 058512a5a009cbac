package io.kinolift;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.topology.UpscaleTopology;
import io.kinolift.trace.Telemetry;
import io.kinolift.wire.FrameRecords;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of testing.md, whose text is compared with this file by {@link DocumentsTest}. */
class TestingExampleTest {
    @TempDir
    private Path folder;

    @Test
    void oneFrame_givesTwoOfTwiceTheSize() throws Exception {
        Properties properties = new Properties();
        properties.put("application.id", "example");
        properties.put("bootstrap.servers", "none:9092");
        properties.put("state.dir", folder.toString());

        KinoliftConfig config =
                new KinoliftConfig(Map.of("kinolift.scale.factor", "2,2,2", "kinolift.frame.codec", "raw"));
        Topology topology = new UpscaleTopology(TopologyPlan.of(config, 1 << 20), new Telemetry<>()).get();
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties)) {
            var frames = driver.createInputTopic("kinolift.frames", new StringSerializer(), new ByteArraySerializer());
            var upscaled = driver.createOutputTopic(
                    "kinolift.upscaled", new StringDeserializer(), new ByteArrayDeserializer());
            FrameFormat format = new FrameFormat(Codec.RAW, PixelFormat.GRAY8, 4, 4, Rational.ONE, Colour.UNSPECIFIED);
            EncodedFrame frame =
                    new EncodedFrame("camera-7", 0, 0, 0, 1, Rational.of(1, 25), format, true, false, 0, new byte[16]);
            frames.pipeInput("camera-7", FrameRecords.write(frame));
            frames.pipeInput("camera-7", FrameRecords.writeEnd("camera-7", 0, 1, null));
            VideoFrame first = FrameRecords.parse(upscaled.readValue());

            assertThat(first.getWidth()).isEqualTo(8);
            assertThat(first.getHeight()).isEqualTo(8);
            assertThat(FrameRecords.parse(upscaled.readValue()).getSequence()).isEqualTo(1);
            assertThat(FrameRecords.parse(upscaled.readValue()).getEndOfStream())
                    .isTrue();
            assertThat(upscaled.isEmpty()).isTrue();
        }
    }
}
