package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.kinolift.TestFrames;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.topology.UpscaleTopology;
import io.kinolift.trace.Telemetry;
import io.kinolift.trace.Tracing;
import io.kinolift.wire.FrameRecords;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

/** Spans on their way to a collector. */
class TraceExportTest {
    /** @param more name, value, ... */
    private static KinoliftConfig config(String url, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "kinolift.tracing.url",
                url,
                "kinolift.tracing.ratio",
                "1",
                "kinolift.scale.factor",
                "1,2,2",
                "kinolift.frame.codec",
                "raw"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new KinoliftConfig(settings);
    }

    private static void upscaleOneFrame(KinoliftConfig config, Tracing tracing) {
        Properties properties = new Properties();
        properties.putAll(Map.of("application.id", "tracing", "bootstrap.servers", "none:0"));
        try (TopologyTestDriver driver = new TopologyTestDriver(
                new UpscaleTopology(TopologyPlan.of(config, 1 << 20), new Telemetry<>(tracing)).get(), properties)) {
            TestInputTopic<String, byte[]> frames =
                    driver.createInputTopic("kinolift.frames", new StringSerializer(), new ByteArraySerializer());
            frames.pipeInput("gate", FrameRecords.write(TestFrames.raw("gate", 0, 16, 12)));
            frames.pipeInput("gate", FrameRecords.writeEnd("gate", 0, 1, null));
        }
    }

    @Test
    void theCollectorGetsEveryStage() throws IOException {
        List<String> bodies = new CopyOnWriteArrayList<>();
        List<Headers> headers = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            headers.add(exchange.getRequestHeaders());
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        KinoliftConfig config = config(
                "http://127.0.0.1:" + collector.getAddress().getPort(),
                "kinolift.tracing.headers",
                "Authorization=Basic b3Blbg==, x-scope = doors");
        try (TraceExport export = TraceExport.of(config, "lift", Optional.of("pod-7"))) {
            upscaleOneFrame(config, export.tracing());
        } finally {
            collector.stop(0);
        }
        assertThat(String.join("", bodies))
                .contains(
                        "process kinolift.frames", "decode", "upscale", "operator", "encode", "gate", "lift", "pod-7");
        assertThat(headers).isNotEmpty().allSatisfy(sent -> {
            assertThat(sent.getFirst("Authorization")).isEqualTo("Basic b3Blbg==");
            assertThat(sent.getFirst("X-Scope")).isEqualTo("doors");
        });
    }

    private static void assertRefused(String message, KinoliftConfig config) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> TraceExport.of(config, "lift", Optional.empty()))
                .withMessageContaining(message);
    }

    @Test
    void whatTheCollectorWants_isCheckedAtStart_andNoSecretIsSaid() {
        String url = "https://collector:4318";
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() ->
                        TraceExport.of(config(url, "kinolift.tracing.headers", "a=b,sesame"), "lift", Optional.empty()))
                .withMessageContaining("kinolift.tracing.headers: expected name=value")
                .withMessageContaining("pair 2")
                .withMessageNotContaining("sesame");
        assertRefused("kinolift.tracing.ca.file", config(url, "kinolift.tracing.ca.file", "/none"));
        assertRefused("kinolift.tracing.ca.file", config(url, "kinolift.tracing.ca.file", "pom.xml"));
    }

    @Test
    void anAbsentCollector_holdsNothingUp() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        KinoliftConfig config = config("http://127.0.0.1:" + port + "/");
        long start = System.nanoTime();
        try (TraceExport export = TraceExport.of(config, "lift", Optional.empty())) {
            upscaleOneFrame(config, export.tracing());
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void withoutAnAddress_thereIsNoTracing_andAWrongOneIsRefused() {
        assertThat(TraceExport.of(new KinoliftConfig(Map.of()), "lift", Optional.empty())
                        .tracing())
                .isSameAs(Tracing.OFF);
        assertRefused("kinolift.tracing.url", config("collector"));
    }
}
