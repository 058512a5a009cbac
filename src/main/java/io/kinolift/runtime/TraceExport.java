package io.kinolift.runtime;

import io.kinolift.topology.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sends spans to a collector, if there is one to send them to. They go in batches by a thread of their own; what a slow
 * or absent collector does not take is dropped, so that frames never wait for it.
 */
final class TraceExport implements AutoCloseable {
    private static final Duration LAST_BATCH = Duration.ofSeconds(5);

    private final OpenTelemetrySdk telemetry;

    private TraceExport(OpenTelemetrySdk telemetry) {
        this.telemetry = telemetry;
    }

    /**
     * @param instance of this process among those of the application
     * @throws ConfigException if the address is none
     */
    static TraceExport of(KinoliftConfig config, String application, String instance) {
        String url = config.getString(KinoliftConfig.TRACING_URL).strip();
        if (url.isEmpty()) {
            return new TraceExport(null);
        }
        if (!SLF4JBridgeHandler.isInstalled()) {
            // Its own complaints, such as of an absent collector, shall go where all others do.
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
        try {
            OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                    .setEndpoint((url.endsWith("/") ? url : url + "/") + "v1/traces").build();
            return new TraceExport(OpenTelemetrySdk.builder().setTracerProvider(SdkTracerProvider.builder()
                    .setResource(Resource.getDefault().merge(Resource.create(Attributes.builder()
                            .put("service.name", application).put("service.instance.id", instance).build())))
                    .setSampler(Sampler.parentBased(
                            Sampler.traceIdRatioBased(config.getDouble(KinoliftConfig.TRACING_RATIO))))
                    .addSpanProcessor(BatchSpanProcessor.builder(exporter).build()).build()).build());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(KinoliftConfig.TRACING_URL, url, e.getMessage());
        }
    }

    Tracing tracing() {
        return telemetry == null ? Tracing.OFF : new Tracing(telemetry);
    }

    /** Sends what is left. */
    @Override
    public void close() {
        if (telemetry != null) {
            telemetry.shutdown().join(LAST_BATCH.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
