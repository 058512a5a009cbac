package io.kinolift.topology;

import static io.kinolift.topology.TopologyFixture.MAX_RECORD_BYTES;
import static io.kinolift.topology.TopologyFixture.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.trace.Telemetry;
import io.kinolift.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracingTest {
    private static final AttributeKey<Long> SEQUENCE = AttributeKey.longKey("kinolift.sequence");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");
    private static final String PROCESS = "process kinolift.frames";
    private static final String VENDOR = "vendor=a b,other=1";

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build();

    @AfterEach
    void close() {
        telemetry.close();
    }

    private TopologyFixture traced(String... settings) {
        return new TopologyFixture(MAX_RECORD_BYTES, new Telemetry<>(new Tracing(telemetry)), settings);
    }

    /** The producer's header: each frame has a trace of its own. */
    private static String parent(long sequence, String flags) {
        return String.format("00-%032x-%016x-%s", 0xabc00 + sequence, 0xd00 + sequence, flags);
    }

    private static Headers headers(long sequence, String flags) {
        return new RecordHeaders()
                .add("traceparent", parent(sequence, flags).getBytes(StandardCharsets.US_ASCII))
                .add("tracestate", VENDOR.getBytes(StandardCharsets.US_ASCII));
    }

    private static void send(TopologyFixture fixture, int frames, String flags) {
        for (int sequence = 0; sequence < frames; sequence++) {
            fixture.send(frame("a", sequence), headers(sequence, flags));
        }
        fixture.end("a", 0, frames);
    }

    private List<SpanData> spans(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private SpanData received(long sequence) {
        return spans(PROCESS).stream()
                .filter(span -> span.getAttributes().get(OFFSET) == sequence)
                .findFirst()
                .orElseThrow();
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.US_ASCII);
    }

    @Test
    void everyOutput_isInTheTraceOfItsInput_andLinksToAllThatItShows() {
        try (TopologyFixture fixture = traced("scale.factor", "2,2,2", "window.size", "3")) {
            send(fixture, 7, "01");
            for (int i = 0; i < 7; i++) {
                assertThat(received(i).getParentSpanContext().getSpanId())
                        .isEqualTo(parent(i, "01").substring(36, 52));
                assertThat(received(i).getTraceId()).isEqualTo(parent(i, "01").substring(3, 35));
            }
            assertThat(spans("decode"))
                    .hasSize(7)
                    .allSatisfy(span -> assertThat(span.getParentSpanId())
                            .isEqualTo(
                                    received(span.getAttributes().get(SEQUENCE)).getSpanId()));
            List<TestRecord<String, byte[]>> records = fixture.outputRecords();
            assertThat(records).hasSize(15);
            for (int o = 0; o < 14; o++) {
                assertOutput(o, records.get(o));
            }
            assertThat(records.getLast().headers()).isEmpty();
            // The eighth record is the end of the stream.
            assertThat(exporter.getFinishedSpanItems()).hasSize(8 + 7 + 3 * 14);
        }
    }

    private void assertOutput(int output, TestRecord<String, byte[]> record) {
        SpanData upscale = spans("upscale").stream()
                .filter(span -> header(record, "traceparent").contains(span.getSpanId()))
                .findFirst()
                .orElseThrow();
        assertThat(header(record, "traceparent"))
                .isEqualTo("00-" + upscale.getTraceId() + "-" + upscale.getSpanId() + "-01");
        assertThat(header(record, "tracestate")).isEqualTo(VENDOR);
        assertThat(upscale.getParentSpanContext().getSpanId())
                .isEqualTo(received(output / 2).getSpanId());
        // Half-pixel: output o shows (o + 0.5) / 2 - 0.5 and is blended from the inputs around.
        int first = Math.max(0, (output - 1) / 2);
        int last = output == 0 ? 0 : Math.min(6, (output - 1) / 2 + 1);
        assertThat(upscale.getLinks())
                .extracting(LinkData::getSpanContext)
                .extracting(SpanContext::getSpanId)
                .as("links of output %d", output)
                .containsExactlyElementsOf(IntStream.rangeClosed(first, last)
                        .mapToObj(input -> received(input).getSpanId())
                        .toList());
        for (String part : List.of("operator", "encode")) {
            assertThat(spans(part))
                    .filteredOn(span -> span.getParentSpanId().equals(upscale.getSpanId()))
                    .hasSize(1);
        }
    }

    @Test
    void aProducerThatSaysNo_isNotTraced_butPassedOn() {
        try (TopologyFixture fixture = traced("scale.factor", "1,2,2")) {
            send(fixture, 3, "00");
            List<TestRecord<String, byte[]>> records = fixture.outputRecords();
            assertThat(header(records.get(1), "traceparent"))
                    .startsWith(parent(1, "00").substring(0, 35))
                    .endsWith("-00");
            // The end of the stream came without a word on it.
            assertThat(exporter.getFinishedSpanItems())
                    .extracting(SpanData::getName)
                    .containsExactly(PROCESS);
        }
    }

    /** A header has no part in the size that is decided on before a record is sent. */
    @Test
    void aLongState_isLeftOut() {
        try (TopologyFixture fixture = traced("scale.factor", "1,2,2")) {
            for (int letters : new int[] {250, 251}) {
                long sequence = letters - 250L;
                Headers headers = headers(sequence, "01").remove("tracestate");
                fixture.send(
                        frame("a", sequence),
                        headers.add(
                                "tracestate", ("vendo=" + "x".repeat(letters)).getBytes(StandardCharsets.US_ASCII)));
            }
            fixture.end("a", 0, 2);
            List<TestRecord<String, byte[]>> records = fixture.outputRecords();
            assertThat(header(records.get(0), "tracestate")).hasSize(256);
            assertThat(records.get(1).headers().lastHeader("tracestate")).isNull();
            assertThat(records.get(1).headers().lastHeader("traceparent")).isNotNull();
        }
    }

    @Test
    void framesWithoutAParent_beginTracesOfTheirOwn_andSoDoDamagedHeaders() {
        try (TopologyFixture fixture = traced("scale.factor", "1,2,2")) {
            fixture.send(frame("a", 0));
            fixture.send(frame("a", 1), new RecordHeaders().add("traceparent", new byte[] {-1, 0, 7}));
            fixture.send(frame("a", 2), new RecordHeaders().add("traceparent", null));
            fixture.end("a", 0, 3);
            assertThat(spans(PROCESS))
                    .hasSize(4)
                    .noneMatch(span -> span.getParentSpanContext().isValid())
                    .extracting(SpanData::getTraceId)
                    .doesNotHaveDuplicates();
            assertThat(spans("upscale"))
                    .extracting(SpanData::getParentSpanId)
                    .containsExactlyInAnyOrderElementsOf(spans(PROCESS).stream()
                            .map(SpanData::getSpanId)
                            .limit(3)
                            .toList());
        }
    }

    @Test
    void aBridgedGap_linksToBothSides() {
        try (TopologyFixture fixture = traced("scale.factor", "1,1,1", "gap", "bridge", "reorder.frames", "0")) {
            fixture.send(frame("a", 0));
            fixture.send(frame("a", 2));
            fixture.end("a", 0, 3);
            SpanData filled = spans("upscale").stream()
                    .filter(span -> span.getAttributes().get(SEQUENCE) == 1)
                    .findFirst()
                    .orElseThrow();
            assertThat(filled.getLinks())
                    .extracting(link -> link.getSpanContext().getSpanId())
                    .containsExactly(received(0).getSpanId(), received(1).getSpanId());
        }
    }

    @Test
    void aRecordRead_isToldOfInTheWordsOfMessaging() {
        try (TopologyFixture fixture = traced()) {
            fixture.send(frame("a", 0));
            SpanData span = received(0);
            assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
            Map<String, Object> attributes = new HashMap<>();
            span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
            assertThat(attributes.remove("messaging.consumer.group.name"))
                    .asString()
                    .startsWith("test-");
            assertThat(attributes)
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "messaging.system",
                            "kafka",
                            "messaging.operation.name",
                            "process",
                            "messaging.operation.type",
                            "process",
                            "messaging.destination.name",
                            "kinolift.frames",
                            "messaging.destination.partition.id",
                            "0",
                            "messaging.kafka.offset",
                            0L,
                            "kinolift.stream",
                            "a"));
        }
    }

    private List<SpanData> failed(String name) {
        return spans(name).stream()
                .filter(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)
                .toList();
    }

    @Test
    void failures_areInTheirSpans_andDeadLettersInTheTracesOfTheirSources() {
        EncodedFrame good = frame("a", 1);
        try (TopologyFixture fixture = traced("scale.factor", "1,2,2", "max.frame.pixels", "300")) {
            fixture.send(frame("a", 0), headers(0, "01"));
            fixture.send(TopologyFixture.with(good, good.format(), new byte[] {1}), headers(1, "01"));
            fixture.send(frame("a", 0, 2, 32, 24), headers(2, "01"));
            fixture.sendBytes("a", new byte[] {1, 2, 3}, headers(3, "01"));
            fixture.end("a", 0, 3);
            assertThat(fixture.deadLetterRecords())
                    .extracting(letter -> header(letter, "traceparent"))
                    .containsExactlyInAnyOrder(
                            traceparent(received(1)), traceparent(received(2)), traceparent(received(3)));
            assertThat(failed("decode")).singleElement().satisfies(span -> {
                assertThat(span.getStatus().getDescription()).contains("expected");
                assertThat(span.getAttributes().get(ERROR)).isEqualTo("UNDECODABLE");
            });
            assertThat(failed(PROCESS))
                    .extracting(span -> span.getAttributes().get(OFFSET))
                    .containsExactly(2L, 3L);
            assertThat(failed(PROCESS))
                    .extracting(span -> span.getAttributes().get(ERROR))
                    .containsExactly("LIMIT_EXCEEDED", "UNPARSEABLE");
        }
    }

    private static String traceparent(SpanData span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-01";
    }

    /** What fails for the picture, and what only for the topic. */
    @Test
    void anOutputThatCannotBeEncodedOrSent_isAFailedSpan() {
        try (TopologyFixture fixture =
                new TopologyFixture(4096, new Telemetry<>(new Tracing(telemetry)), "scale.factor", "1,8,8")) {
            send(fixture, 1, "01");
            assertThat(fixture.deadLetterRecords())
                    .singleElement()
                    .satisfies(
                            letter -> assertThat(header(letter, "traceparent")).isEqualTo(traceparent(received(0))));
        }
        assertThat(failed("upscale")).singleElement().satisfies(span -> {
            assertThat(span.getAttributes().get(ERROR)).isEqualTo("TOO_MANY_BYTES");
            assertThat(span.getStatus().getDescription()).contains("4096 bytes (the topic's max.message.bytes)");
        });
        assertThat(failed("encode")).isEmpty();
        exporter.reset();
        // A row of a JPEG ends at 65,535.
        try (TopologyFixture fixture = traced("frame.codec", "jpeg", "scale.factor", "1,1,5000")) {
            send(fixture, 1, "01");
            assertThat(fixture.deadLetters()).hasSize(1);
        }
        assertThat(failed("encode")).hasSize(1);
        assertThat(failed("upscale"))
                .singleElement()
                .satisfies(span -> assertThat(span.getAttributes().get(ERROR)).isEqualTo("ENCODER_FAILED"));
        assertThat(failed("operator")).isEmpty();
    }

    @Test
    void off_headersAreNeitherReadNorWritten_andOnChangesNoByte() {
        List<TestRecord<String, byte[]>> plain;
        try (TopologyFixture fixture = new TopologyFixture()) {
            fixture.send(frame("a", 0), headers(0, "01"));
            assertThat(rowVersion(fixture)).isEqualTo((byte) 4);
            send(fixture, 5, "01");
            plain = fixture.outputRecords();
            assertThat(plain)
                    .hasSize(11)
                    .allSatisfy(record -> assertThat(record.headers()).isEmpty());
        }
        try (TopologyFixture fixture = traced()) {
            fixture.send(frame("a", 0), headers(0, "01"));
            assertThat(rowVersion(fixture)).isEqualTo((byte) 4);
            send(fixture, 5, "01");
            List<TestRecord<String, byte[]>> records = fixture.outputRecords();
            assertThat(records)
                    .extracting(TestRecord::value)
                    .containsExactlyElementsOf(
                            plain.stream().map(TestRecord::value).toList());
        }
    }

    /** Of the one frame that waits. */
    private static byte rowVersion(TopologyFixture fixture) {
        KeyValueStore<Bytes, byte[]> store = fixture.store(AssembleWindows.STORE);
        try (KeyValueIterator<Bytes, byte[]> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                if (row.key.get()[0] == 'f') {
                    return row.value[0];
                }
            }
        }
        throw new AssertionError("expected a frame in the store, found none");
    }
}
