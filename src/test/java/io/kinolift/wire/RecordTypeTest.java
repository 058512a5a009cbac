package io.kinolift.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.kinolift.registry.RegistrySettings;
import io.kinolift.registry.SchemaRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RecordTypeTest {
    private static final byte[] RECORD = {(byte) 0xC3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 42};

    @Test
    void withoutARegistry_recordsStayAsTheyAre() {
        assertThat(RecordType.FRAME.layout("t", Optional.empty()).apply(RECORD)).isSameAs(RECORD);
    }

    /** Accounts of a forgotten stream leave their topic by a tombstone. */
    @Test
    void underARegistry_recordsGetItsLayout_andATombstoneStaysOne() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                byte[] answer = "{\"id\": 7}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            SchemaRegistry registry =
                    new SchemaRegistry(new RegistrySettings(url, "", "", null, Duration.ofSeconds(10)));
            UnaryOperator<byte[]> layout = RecordType.ACCOUNT.layout("t", Optional.of(registry));
            assertThat(layout.apply(RECORD)).containsExactly(0, 0, 0, 0, 7, 42);
            assertThat(layout.apply(null)).isNull();
        } finally {
            server.stop(0);
        }
    }
}
