package io.kinolift.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.avro.VideoFrame;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaRegistryTest {
    private HostileRegistry server;

    @BeforeEach
    void start() throws IOException {
        server = new HostileRegistry();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("an unknown id", 404, "{\"message\": \"no such id\"}"),
                Arguments.of("an id kept back", 403, "{\"message\": \"not yours\"}"),
                Arguments.of("an id that is refused", 422, ""),
                Arguments.of("a page of a proxy", 200, "<html>hello</html>"),
                Arguments.of("nothing", 200, ""),
                Arguments.of("no schema", 200, "{}"),
                Arguments.of("a text that is no schema", 200, "{\"schema\": \"{\\\"type\\\": 7}\"}"),
                Arguments.of("an invalid default", 200, schema("{'name':'a','type':'int','default':'x'}")),
                Arguments.of("a name that Avro refuses", 200, schema("{'name':'a b','type':'int'}")),
                Arguments.of("arrays without an end", 200, "{\"schema\": \"" + deep() + "\"}"),
                Arguments.of("a long text", 200, "{\"schema\": \"" + " ".repeat(5 << 20) + "\"}"));
    }

    private static String schema(String field) {
        String text = "{'type':'record','name':'VideoFrame','namespace':'io.kinolift.avro','fields':[" + field + "]}";
        return "{\"schema\": \"" + text.replace("'", "\\\"") + "\"}";
    }

    private static String deep() {
        String array = "{\\\"type\\\":\\\"array\\\",\\\"items\\\":";
        return array.repeat(20_000) + "\\\"int\\\"" + "}".repeat(20_000);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void anIdWithoutAUsableSchema_isTheFaultOfItsRecord(String name, int status, String body) {
        SchemaRegistry registry = server.client();
        server.put(7, status, body);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> registry.byId(7)).as(name).isInstanceOf(UnknownSchemaException.class);
        }
        assertThat(server.lookups()).isEqualTo(1);
    }

    @Test
    void aFloodOfUnknownIds_neitherAsksForEachNorHidesAKnownOne() throws Exception {
        SchemaRegistry registry = server.client();
        Schema schema = VideoFrame.getClassSchema();
        server.put(3, schema.toString());
        assertThat(registry.byId(3)).isEqualTo(schema);
        long start = System.nanoTime();
        for (int id = 100; id < 20_100; id++) {
            int unknown = id;
            assertThatThrownBy(() -> registry.byId(unknown)).isInstanceOf(UnknownSchemaException.class);
            if (id % 100 == 0) {
                assertThat(registry.byId(3)).isEqualTo(schema);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(server.lookups()).isLessThanOrEqualTo((int) (102 + 20 * seconds));
    }

    @Test
    void anIdIsAskedForAgainAfterAWhile_andSchemasInUseAreKept() {
        long[] now = {0};
        KnownSchemas known = new KnownSchemas(() -> now[0]);
        Schema schema = Schema.create(Schema.Type.INT);
        known.refuse(5, "none");
        known.put(1, schema);
        for (int id = 1000; id < 3000; id++) {
            known.put(id, schema);
            assertThat(known.schema(1)).isEqualTo(schema);
        }
        assertThat(known.schema(1000)).isNull();
        assertThat(known.refusal(5)).isEqualTo("none");
        now[0] = 61_000_000_000L;
        assertThat(known.refusal(5)).isNull();
    }

    @Test
    void requestsAreBoundedAtOnceAndPerSecond() {
        long[] now = {1_000_000_000_000L};
        RequestRate rate = new RequestRate(5, 10, () -> now[0]);
        assertThat(allowed(rate, 100)).isEqualTo(5);
        now[0] += 250_000_000;
        assertThat(allowed(rate, 100)).isEqualTo(2);
        now[0] += 60_000_000_000L;
        assertThat(allowed(rate, 100)).isEqualTo(5);
    }

    private static int allowed(RequestRate rate, int tries) {
        int allowed = 0;
        for (int i = 0; i < tries; i++) {
            allowed += rate.allows() ? 1 : 0;
        }
        return allowed;
    }
}
