package io.kinolift.cli;

import io.javalin.util.JavalinBindException;
import io.kinolift.engine.StreamPlans;
import io.kinolift.live.LiveProbes;
import io.kinolift.live.LiveServer;
import io.kinolift.metrics.Metrics;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.records.RecordReplay;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.MonitoringSettings;
import io.kinolift.settings.Plans;
import io.kinolift.settings.ProcessSettings;
import io.kinolift.settings.TopicSettings;
import io.kinolift.settings.WindowingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The streaming application until it is stopped. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        footer = {
            "  kinolift run --bootstrap-server broker:9092 --scale-factor 1,2,2",
            "  kinolift run --config kinolift.properties --state-dir /var/lib/kinolift/state"
        },
        exitCodeList = {
            "0:ended without a failure",
            "1:ended by a failure",
            ExitCodes.SAYS_USAGE,
            ExitCodes.SAYS_STOPPED
        },
        description = {
            "Runs the streaming application: frames topic in, upscaled frames out.",
            "Settings are taken from --config, then KINOLIFT_... in the environment, then options; later ones win."
        })
final class RunCommand implements Callable<Integer> {
    /** Brokers and instances are often started together. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int STARTS_ANEW = 5;
    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(2);

    @Mixin
    private RunOptions options;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "kinolift-state",
            description = "stores of this instance, kept between runs (default ${DEFAULT-VALUE})")
    private Path stateDir;

    @Override
    public Integer call() throws Exception {
        EffectiveSettings settings = options.settings(System.getenv());
        KinoliftConfig config = new KinoliftConfig(settings.ours());
        if (config.get(MonitoringSettings.LOG_FORMAT).equalsIgnoreCase("json")) {
            JsonLog.use();
        }
        LogFile.in(stateDir);
        // A model or weights that are not there need no broker to be told.
        StreamPlans plans = Plans.streams(
                config, line -> LoggerFactory.getLogger(RunCommand.class).warn(line));
        if (settings.has("bootstrap.servers")) {
            Broker.await(
                    settings.kafkas(),
                    PATIENCE,
                    line -> LoggerFactory.getLogger(RunCommand.class).warn(line));
        }
        KinoliftStreams streams = run(config, plans, settings.kafkas());
        while (streams.isToBeStartedAnew()) {
            streams = runAnew(config, plans, settings.kafkas());
        }
        return streams.failure().isPresent() ? 1 : 0;
    }

    /** A clock that is being put right may be set more than once, and Kafka's clients then give up too early. */
    private KinoliftStreams runAnew(KinoliftConfig config, StreamPlans plans, Map<String, String> clientSettings)
            throws Exception {
        for (int left = STARTS_ANEW - 1; left > 0; left--) {
            try {
                return run(config, plans, clientSettings);
            } catch (RuntimeException e) {
                if (!isTimeout(e)) {
                    throw e;
                }
                LoggerFactory.getLogger(RunCommand.class).warn("not started anew yet: {}", e.getMessage());
                Thread.sleep(BETWEEN_STARTS);
            }
        }
        return run(config, plans, clientSettings);
    }

    private static boolean isTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** @return the application, which has stopped */
    private KinoliftStreams run(KinoliftConfig config, StreamPlans plans, Map<String, String> clientSettings)
            throws Exception {
        try (KinoliftStreams streams = new KinoliftStreams(config, plans, clientSettings, stateDir);
                Metrics metrics = new Metrics(
                        streams,
                        config.get(MonitoringSettings.METRICS_STREAMS),
                        config.get(WindowingSettings.WINDOW_SIZE));
                AutoCloseable _ = serve(config, clientSettings, streams, metrics)) {
            long longest = config.get(ProcessSettings.STOP_TIMEOUT) / 1000;
            Thread hook = new Thread(
                    () -> {
                        // Whatever the log is set to: somebody waits at a terminal.
                        Tell.line("stopping, " + longest + " s at most (kinolift.stop.timeout.ms)");
                        streams.close();
                        Tell.line("stopped");
                    },
                    "kinolift-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            if (streams.start()) {
                // Not a constant: help needs no logging, which takes half a second to set up.
                LoggerFactory.getLogger(RunCommand.class)
                        .info(
                                "running: {} -> {}",
                                config.get(TopicSettings.FRAMES_TOPIC),
                                config.get(TopicSettings.UPSCALED_TOPIC));
            }
            streams.awaitStop();
            forget(hook);
            return streams;
        }
    }

    /** It would keep the application in memory after a start anew. */
    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // It runs.
        }
    }

    private static AutoCloseable serve(
            KinoliftConfig config, Map<String, String> clientSettings, KinoliftStreams streams, Metrics metrics) {
        if (config.get(MonitoringSettings.HTTP_PORT) < 0) {
            streams.telemetry().watch(metrics.figures());
            return () -> {};
        }
        LiveProbes probes = LiveProbes.of(config, streams.plans(), clientSettings);
        streams.telemetry().watch(metrics.figures().and(probes.all()));
        try {
            return new LiveServer(
                    config,
                    streams,
                    metrics,
                    probes,
                    clientSettings,
                    Optional.of(new RecordReplay(clientSettings)::replay));
        } catch (JavalinBindException e) {
            throw new UsageException("expected a free port (kinolift.http.port) at an address of this machine"
                    + " (kinolift.http.host), found " + config.get(MonitoringSettings.HTTP_HOST) + ":"
                    + config.get(MonitoringSettings.HTTP_PORT) + ": " + e.getMessage());
        }
    }
}
