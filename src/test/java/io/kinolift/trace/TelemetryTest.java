package io.kinolift.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelemetryTest {
    private static final long MILLIS = 1_000_000;

    private static <T> T slow(T result) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 5 * MILLIS) {
            Thread.onSpinWait();
        }
        return result;
    }

    @Test
    void workIsTimedByItsStage_withoutSpansToo() throws Exception {
        Telemetry<String> telemetry = new Telemetry<>();
        assertThat(telemetry.time(Stage.ENCODE, StageSpan.NONE, () -> slow("done")))
                .isEqualTo("done");
        assertThat(telemetry.nanos(Stage.ENCODE)).isGreaterThanOrEqualTo(5 * MILLIS);
        assertThat(telemetry.nanos(Stage.OPERATOR)).isZero();
    }

    @Test
    void workThatFails_isTimed_andMarksItsSpan() {
        InMemorySpanExporter exporter = InMemorySpanExporter.create();
        try (OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .build()) {
            Telemetry<String> telemetry = new Telemetry<>(new Tracing(sdk));
            StageSpan whole = telemetry.process("t", 0, 1, "g", "s", null);
            assertThatThrownBy(() -> telemetry.time(Stage.OPERATOR, whole, () -> {
                        throw new IllegalStateException(slow("expected this"));
                    }))
                    .hasMessage("expected this");
            assertThat(telemetry.nanos(Stage.OPERATOR)).isGreaterThanOrEqualTo(5 * MILLIS);
            whole.close();
            List<SpanData> spans = exporter.getFinishedSpanItems();
            assertThat(spans).extracting(SpanData::getName).containsExactly("operator", "process t");
            assertThat(spans.get(0).getParentSpanId()).isEqualTo(spans.get(1).getSpanId());
            assertThat(spans.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(spans.get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        }
    }

    @Test
    void twoProbes_bothHear_inOrder() {
        List<String> heard = new ArrayList<>();
        Telemetry<String> telemetry = new Telemetry<>();
        telemetry.probe().told("nobody hears this");
        telemetry.watch(noting("first ", heard).and(noting("second ", heard)));
        telemetry.probe().told("event");
        assertThat(heard).containsExactly("first event", "second event");
    }

    private static Probe<String> noting(String prefix, List<String> heard) {
        return new Probe<>() {
            @Override
            public void told(String event) {
                heard.add(prefix + event);
            }
        };
    }
}
