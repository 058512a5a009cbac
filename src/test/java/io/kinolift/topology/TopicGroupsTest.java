package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinolift.avro.DeadLetter;
import io.kinolift.frame.Codec;
import io.kinolift.frame.PixelFormat;
import io.kinolift.runtime.RecordFormats;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import io.kinolift.wire.FrameRecords;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Topics of one application whose records are of different kinds. */
class TopicGroupsTest {
    private static final long START = 1_764_000_000_000L;
    private static final String[] THREE_KINDS = {
        "frames.topic", "kinolift.frames,door-1,door-2,sensors",
        "topics", "doors,json",
        "topics.doors.match", "door-*",
        "topics.doors.input.format", "image",
        "topics.doors.input.time", "rate",
        "topics.doors.input.fps", "10",
        "topics.json.match", "sensors",
        "topics.json.input.format", "json",
        "topics.json.input.json.payload", "shot",
        "output.format", "json",
        "frame.codec", "auto",
        "scale.factor", "1,2,2"
    };

    @Test
    void eachTopicIsReadInItsOwnWay() throws Exception {
        try (TopologyFixture fixture = new TopologyFixture(THREE_KINDS)) {
            byte[] jpeg = ImageStreamTest.image(Codec.JPEG, PixelFormat.YUV420P, 32, 24, 1);
            String shot = "{\"shot\":\"" + Base64.getEncoder().encodeToString(jpeg) + "\",\"room\":7}";
            for (int i = 0; i < 3; i++) {
                fixture.sendTo("door-1", "a", jpeg, START);
                fixture.sendTo("door-2", "a", jpeg, START);
                fixture.sendTo("sensors", "a", shot.getBytes(StandardCharsets.UTF_8), START + 40L * i);
                fixture.send(TopologyFixture.frame("a", i));
            }
            for (String topic : List.of("door-1", "door-2", "sensors")) {
                fixture.sendTo(topic, "a", null, START + 120);
            }
            fixture.end("a", 0, 3);
            assertThat(fixture.deadLetters()).isEmpty();
            Map<String, List<TestRecord<String, byte[]>>> streams = byStream(fixture.outputRecords());
            assertThat(streams).containsOnlyKeys("kinolift.frames/a", "door-1/a", "door-2/a", "sensors/a");
            assertThat(streams.values())
                    .allSatisfy(records -> assertThat(records).hasSize(4));
            assertThat(pts(streams.get("door-1/a"))).containsExactly(0L, 1L, 2L);
            assertThat(header(streams.get("door-1/a").getFirst(), "kinolift.time.base"))
                    .isEqualTo("1/10");
            JsonNode sensor =
                    new ObjectMapper().readTree(streams.get("sensors/a").get(1).value());
            assertThat(sensor.fieldNames()).toIterable().containsExactly("shot", "room");
        }
    }

    @Test
    void aDeadLetterHasTheValueOfItsTopic() {
        try (TopologyFixture fixture = new TopologyFixture(THREE_KINDS)) {
            byte[] frame = FrameRecords.write(TopologyFixture.frame("a", 0));
            fixture.sendTo("door-1", "a", frame, START);
            List<DeadLetter> letters = fixture.deadLetters();
            assertThat(letters).singleElement().satisfies(letter -> {
                assertThat(letter.getSourceTopic()).isEqualTo("door-1");
                assertThat(letter.getPayload()).isEqualTo(ByteBuffer.wrap(frame));
            });
        }
    }

    /** Frames that wait are not joined with frames whose times have another rule. */
    @Test
    void anotherRateIsAnotherPlan() {
        assertThat(fingerprint("topics.doors.input.fps", "10")).isEqualTo(fingerprint());
        assertThat(fingerprint("topics.doors.input.fps", "25")).isNotEqualTo(fingerprint());
    }

    @Test
    void whatCannotBe_isRefusedByName() {
        assertRefused("kinolift.topics.b.match: expected a pattern of topic names", "topics", "doors,json,b");
        assertRefused("kinolift.topics.doors.quality: expected a group", "topics.doors.quality", "3");
        assertRefused("kinolift.topics.doors: Invalid value avi", "topics.doors.input.format", "avi");
        assertRefused("expected a topic that gate-? matches", "topics.doors.match", "gate-?");
    }

    private static void assertRefused(String message, String... settings) {
        KinoliftConfig config = config(settings);
        assertThatThrownBy(() -> RecordFormats.input(config, Optional.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    private static String fingerprint(String... settings) {
        return Plans.streams(config(settings)).common().fingerprint();
    }

    private static KinoliftConfig config(String... settings) {
        Map<String, String> all = new HashMap<>();
        for (String[] some : List.of(THREE_KINDS, settings)) {
            for (int i = 0; i < some.length; i += 2) {
                all.put("kinolift." + some[i], some[i + 1]);
            }
        }
        return new KinoliftConfig(all);
    }

    private static Map<String, List<TestRecord<String, byte[]>>> byStream(List<TestRecord<String, byte[]>> records) {
        Map<String, List<TestRecord<String, byte[]>>> streams = new HashMap<>();
        for (TestRecord<String, byte[]> record : records) {
            String stream =
                    new String(record.headers().lastHeader("kinolift.stream").value(), StandardCharsets.UTF_8);
            streams.computeIfAbsent(stream, _ -> new ArrayList<>()).add(record);
        }
        return streams;
    }

    /** In the time base of the rate, without the end's. */
    private static List<Long> pts(List<TestRecord<String, byte[]>> records) {
        return records.subList(0, records.size() - 1).stream()
                .map(record -> Long.parseLong(header(record, "kinolift.pts")))
                .toList();
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
