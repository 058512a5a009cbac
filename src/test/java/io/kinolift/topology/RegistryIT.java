package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinolift.avro.VideoFrame;
import io.kinolift.registry.Apicurio;
import io.kinolift.registry.RegistryException;
import io.kinolift.registry.RegistrySettings;
import io.kinolift.registry.SchemaRegistry;
import io.kinolift.wire.FrameRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Against a real Apicurio Registry, unpacked in the folder that kinolift.apicurio names. */
@EnabledIfSystemProperty(named = "kinolift.apicurio", matches = ".+")
class RegistryIT {
    private static Apicurio apicurio;

    @BeforeAll
    static void start() throws IOException {
        apicurio = new Apicurio(Path.of(System.getProperty("kinolift.apicurio")));
        apicurio.start();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        apicurio.close();
    }

    private static SchemaRegistry registry() {
        return new SchemaRegistry(
                new RegistrySettings(URI.create(apicurio.url()), "", "", null, Duration.ofMillis(1500)));
    }

    private static TopologyFixture topology() {
        return new TopologyFixture("registry.url", apicurio.url(), "registry.timeout.ms", "1500");
    }

    /** A second client: plain Avro and the registry's REST API, nothing of ours. */
    @Test
    void anotherClient_readsOurFramesByTheRegistryAlone() throws Exception {
        try (TopologyFixture topology = topology()) {
            topology.send("a", 0, 8);
            topology.end("a", 0, 8);
            List<byte[]> records = topology.rawOutput();
            assertThat(records).hasSize(17);
            ByteBuffer first = ByteBuffer.wrap(records.getFirst());
            assertThat(first.get()).isZero();
            String answer = apicurio.get("/schemas/ids/" + first.getInt()).body();
            Schema schema = new Schema.Parser()
                    .parse(new ObjectMapper().readTree(answer).path("schema").asText());
            GenericRecord frame = new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(first.array(), 5, first.remaining(), null));
            assertThat(frame.get("streamId")).hasToString("a");
            assertThat(frame.get("width")).isEqualTo(32);
            assertThat(apicurio.get("/config/kinolift.upscaled-value").body()).contains("BACKWARD_TRANSITIVE");
            assertThat(apicurio.get("/subjects").body())
                    .contains("kinolift.upscaled-value", "kinolift.dead-letters-value", "kinolift.accounts-value");
        }
    }

    /** A producer of an older schema: fields that it lacks get their defaults, and bytes become a string. */
    @Test
    void aRecordOfAnotherSchema_isReadByItsId() throws Exception {
        Schema older = withBytes(without(VideoFrame.getClassSchema(), "captureTimeMicros"), "streamId");
        int id = registry().register("older", older);
        GenericRecord record = new GenericData.Record(older);
        Schema current = VideoFrame.getClassSchema();
        VideoFrame frame = FrameRecords.parse(FrameRecords.write(TopologyFixture.frame("a", 0)));
        for (Schema.Field field : older.getFields()) {
            record.put(field.pos(), frame.get(current.getField(field.name()).pos()));
        }
        record.put("streamId", ByteBuffer.wrap("a".getBytes(StandardCharsets.UTF_8)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(older).write(record, encoder);
        encoder.flush();
        try (TopologyFixture topology = topology()) {
            topology.sendBytes("a", out.toByteArray());
            topology.sendBytes(
                    "a", ByteBuffer.allocate(5).put((byte) 0).putInt(987_654).array());
            topology.end("a", 0, 1);
            assertThat(topology.rawOutput()).hasSize(3);
            assertThat(topology.rawDeadLetters()).hasSize(1);
        }
    }

    @Test
    void anIncompatibleSchema_isRefused() {
        registry().register("strict", without(VideoFrame.getClassSchema(), "pts"));
        assertThatThrownBy(() -> registry().register("strict", VideoFrame.getClassSchema()))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("the registry refuses io.kinolift.avro.VideoFrame for subject strict-value");
    }

    @Test
    void aRegistryThatIsAway_stopsTheStartAndNoRunningStream() throws Exception {
        try (TopologyFixture topology = topology()) {
            apicurio.stop();
            topology.send("a", 0, 8);
            topology.end("a", 0, 8);
            assertThat(topology.rawOutput()).hasSize(17);
            assertThatThrownBy(RegistryIT::topology)
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("did not answer within 1500 ms (kinolift.registry.timeout.ms)");
            assertThatThrownBy(() -> registry().byId(7)).isInstanceOf(RegistryException.class);
        } finally {
            apicurio.start();
        }
    }

    private static Schema withBytes(Schema schema, String name) {
        List<Schema.Field> fields = schema.getFields().stream()
                .map(field -> new Schema.Field(
                        field, field.name().equals(name) ? Schema.create(Schema.Type.BYTES) : field.schema()))
                .toList();
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    private static Schema without(Schema schema, String name) {
        List<Schema.Field> fields = schema.getFields().stream()
                .filter(field -> !field.name().equals(name))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }
}
