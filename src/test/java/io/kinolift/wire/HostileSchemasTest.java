package io.kinolift.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinolift.avro.VideoFrame;
import io.kinolift.registry.HostileRegistry;
import io.kinolift.registry.SchemaRegistry;
import io.kinolift.topology.TopologyFixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever schema a registry gives for the id of a record, the record is one of ours or malformed; nothing else happens. */
class HostileSchemasTest {
    private static final int SCHEMAS = Math.max(200, Integer.getInteger("kinolift.fuzz.records", 0) / 100);
    private static final int RECORDS_PER_SCHEMA = 10;
    /** As many new ids as a client looks up at once. */
    private static final int SCHEMAS_PER_CLIENT = 100;

    private static final List<String> TYPES = List.of(
            "\"int\"",
            "\"long\"",
            "\"string\"",
            "\"bytes\"",
            "\"null\"",
            "\"double\"",
            "\"boolean\"",
            "\"VideoFrame\"",
            "[\"null\",\"VideoFrame\"]",
            "{\"type\":\"array\",\"items\":\"VideoFrame\"}",
            "{\"type\":\"map\",\"values\":\"long\"}",
            "{\"type\":\"array\",\"items\":\"null\"}",
            "{\"type\":\"fixed\",\"name\":\"F\",\"size\":2147483647}",
            "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[]}",
            "7");

    private final ObjectMapper mapper = new ObjectMapper();
    private HostileRegistry server;

    @BeforeEach
    void start() throws IOException {
        server = new HostileRegistry();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSchemaThatContainsItself_isMalformed() {
        server.put(1, """
                {"type":"record","name":"VideoFrame","namespace":"io.kinolift.avro","fields":[
                  {"name":"other","type":"VideoFrame"}]}""");
        assertThatThrownBy(() -> read(server.client(), new byte[] {0, 0, 0, 0, 1, 0, 0, 0}))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("VideoFrame");
    }

    @Test
    void randomSchemasAndRecords_areReadOrMalformed() throws IOException {
        Random random = new Random(20_261_129);
        SchemaRegistry client = null;
        int read = 0;
        int malformed = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            if (i % SCHEMAS_PER_CLIENT == 0) {
                client = server.client();
            }
            server.put(i, mutated(random));
            for (int n = 0; n < RECORDS_PER_SCHEMA; n++) {
                try {
                    read(client, record(i, random));
                    read++;
                } catch (MalformedRecordException e) {
                    assertThat(e.getMessage()).contains("expected");
                    malformed++;
                }
            }
        }
        assertThat(read + malformed).isEqualTo(SCHEMAS * RECORDS_PER_SCHEMA);
        assertThat(read).isPositive();
        assertThat(malformed).isPositive();
    }

    private static VideoFrame read(SchemaRegistry client, byte[] record) throws MalformedRecordException {
        return new Wire<VideoFrame>(VideoFrame.getClassSchema()).read(record, Optional.of(client));
    }

    /** A good frame of the current schema with a few bytes changed. */
    private static byte[] record(int id, Random random) {
        byte[] record = Wire.withSchemaId(FrameRecords.write(TopologyFixture.frame("s", random.nextInt(1000))), id);
        for (int n = random.nextInt(4); n > 0; n--) {
            record[5 + random.nextInt(record.length - 5)] = (byte) random.nextInt();
        }
        return record;
    }

    /** The schema of frames with some fields of another type, without a default, renamed, moved or missing. */
    private String mutated(Random random) throws IOException {
        ObjectNode schema =
                (ObjectNode) mapper.readTree(VideoFrame.getClassSchema().toString());
        List<JsonNode> fields = new ArrayList<>();
        schema.path("fields").forEach(fields::add);
        for (int n = random.nextInt(4); n > 0; n--) {
            ObjectNode field = (ObjectNode) fields.get(random.nextInt(fields.size()));
            switch (random.nextInt(5)) {
                case 0 -> field.set("type", mapper.readTree(TYPES.get(random.nextInt(TYPES.size()))));
                case 1 -> field.put("default", random.nextInt());
                case 2 -> field.put("name", "f" + random.nextInt(100));
                case 3 -> fields.remove(field);
                default -> fields.add(random.nextInt(fields.size()), fields.remove(random.nextInt(fields.size())));
            }
        }
        ArrayNode list = schema.putArray("fields");
        fields.forEach(list::add);
        return schema.toString();
    }
}
