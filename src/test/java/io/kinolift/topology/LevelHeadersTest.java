package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinolift.TestFrames;
import io.kinolift.frame.Codec;
import io.kinolift.frame.PixelFormat;
import io.kinolift.wire.input.SourceRecord;
import io.kinolift.wire.output.OutputReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where outputs that are no VideoFrames say their level. */
class LevelHeadersTest {
    /** The first records are late, by the clock of the driver. */
    @ParameterizedTest
    @ValueSource(strings = {"image", "json"})
    void outputsBelowThePlan_sayTheirLevel(String format) throws Exception {
        long now = TopologyFixture.START_MILLIS;
        try (TopologyFixture fixture = images(format, "latency.budget.ms", "100", "window.size", "1")) {
            for (int i = 0; i < 3; i++) {
                fixture.sendRecord("cam-1", jpeg(i), new RecordHeaders(), now - 150 + 40L * i);
            }
            List<TestRecord<String, byte[]>> records = fixture.outputRecords();
            assertThat(records)
                    .hasSize(4)
                    .allSatisfy(record ->
                            assertThat(header(record, "kinolift.level")).isEqualTo("4"));
            assertThat(OutputReader.read(source(records.getFirst())).getLevel()).isEqualTo(4);
            if (format.equals("json")) {
                assertThat(new ObjectMapper()
                                .readTree(records.getFirst().value())
                                .get("level")
                                .intValue())
                        .isEqualTo(4);
            }
        }
        try (TopologyFixture fixture = images(format, "window.size", "1")) {
            fixture.sendRecord("cam-1", jpeg(0), new RecordHeaders(), now - 150);
            fixture.sendRecord("cam-1", jpeg(1), new RecordHeaders(), now - 110);
            TestRecord<String, byte[]> output = fixture.outputRecords().getFirst();
            assertThat(header(output, "kinolift.level")).isNull();
            assertThat(new String(output.value(), StandardCharsets.ISO_8859_1)).doesNotContain("level");
        }
    }

    private static TopologyFixture images(String format, String... more) {
        List<String> settings = new ArrayList<>(List.of("input.format", "image", "output.format", format));
        settings.addAll(List.of("frame.codec", "auto", "temporal.grid", "source"));
        settings.addAll(List.of(more));
        return new TopologyFixture(settings.toArray(String[]::new));
    }

    private static byte[] jpeg(int frame) {
        return TestFrames.of("any", frame, Codec.JPEG, PixelFormat.YUV420P, 32, 24)
                .payloadBytes();
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static SourceRecord source(TestRecord<String, byte[]> output) {
        Record<byte[], byte[]> record = new Record<>(null, output.value(), output.timestamp(), output.headers());
        return new SourceRecord(
                "kinolift.upscaled", 0, output.value(), io.kinolift.topology.RecordHeaders.envelope(record));
    }
}
