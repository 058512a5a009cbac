package io.kinolift.runtime;

import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.TracingSettings;
import io.kinolift.trace.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sends spans to a collector, if there is one to send them to. They go in batches by a thread of their own; what a slow
 * or absent collector does not take is dropped, so that frames never wait for it.
 */
final class TraceExport implements AutoCloseable {
    /** A token, in the terms of HTTP. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Duration LAST_BATCH = Duration.ofSeconds(5);

    private final OpenTelemetrySdk telemetry;

    private TraceExport(OpenTelemetrySdk telemetry) {
        this.telemetry = telemetry;
    }

    /**
     * @param instance of this process among those of the application, if it has a lasting name
     * @throws ConfigException naming the setting, if the address is none, or headers or certificates cannot be used
     */
    static TraceExport of(KinoliftConfig config, String application, Optional<String> instance) {
        String url = config.get(TracingSettings.TRACING_URL).strip();
        if (url.isEmpty()) {
            return new TraceExport(null);
        }
        if (!SLF4JBridgeHandler.isInstalled()) {
            // Its own complaints, such as of an absent collector, shall go where all others do.
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
        return new TraceExport(OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(resource(application, instance))
                        .setSampler(Sampler.parentBased(
                                Sampler.traceIdRatioBased(config.get(TracingSettings.TRACING_RATIO))))
                        .addSpanProcessor(BatchSpanProcessor.builder(exporter(config, url))
                                .build())
                        .build())
                .build());
    }

    private static Resource resource(String application, Optional<String> instance) {
        AttributesBuilder attributes = Attributes.builder().put("service.name", application);
        instance.ifPresent(id -> attributes.put("service.instance.id", id));
        return Resource.getDefault().merge(Resource.create(attributes.build()));
    }

    private static OtlpHttpSpanExporter exporter(KinoliftConfig config, String url) {
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder();
        headers(config.get(TracingSettings.TRACING_HEADERS).value()).forEach(builder::addHeader);
        String caFile = config.get(TracingSettings.TRACING_CA);
        if (!caFile.isBlank()) {
            trust(builder, caFile);
        }
        try {
            return builder.setEndpoint((url.endsWith("/") ? url : url + "/") + "v1/traces")
                    .build();
        } catch (IllegalArgumentException e) {
            throw config.refused(TracingSettings.TRACING_URL, e.getMessage());
        }
    }

    /** The wrong value is not shown: it may be a secret. */
    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String pair : text.isBlank() ? new String[0] : text.split(",", -1)) {
            String[] parts = pair.strip().split("=", 2);
            String name = parts[0].strip();
            if (parts.length < 2 || !HEADER_NAME.matcher(name).matches()) {
                throw new ConfigException(
                        TracingSettings.TRACING_HEADERS + ": expected name=value with a comma between "
                                + "two, found another text at pair " + (headers.size() + 1));
            }
            headers.put(name, parts[1].strip());
        }
        return headers;
    }

    private static void trust(OtlpHttpSpanExporterBuilder builder, String caFile) {
        try {
            builder.setTrustedCertificates(Files.readAllBytes(Path.of(caFile)));
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw new ConfigException(
                    TracingSettings.TRACING_CA.name(), caFile, "expected PEM certificates, found " + e);
        }
    }

    Tracing tracing() {
        return telemetry == null ? Tracing.OFF : new Tracing(telemetry);
    }

    /** Sends the remaining spans. */
    @Override
    public void close() {
        if (telemetry != null) {
            telemetry.shutdown().join(LAST_BATCH.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
