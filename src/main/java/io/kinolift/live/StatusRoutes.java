package io.kinolift.live;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.kinolift.engine.StreamPlans;
import io.kinolift.live.cluster.Cluster;
import io.kinolift.live.cluster.Instance;
import io.kinolift.live.watch.WatchRoutes;
import io.kinolift.metrics.Metrics;
import io.kinolift.metrics.StreamSummary;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.Version;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.MonitoringSettings;
import io.kinolift.settings.ParallelismSettings;
import io.kinolift.settings.TopicSettings;
import io.kinolift.settings.WindowingSettings;
import io.kinolift.topology.InputTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Health, metrics, and the figures of this instance and of the whole application. */
final class StatusRoutes {
    private final KinoliftConfig config;
    private final KinoliftStreams streams;
    private final Metrics metrics;
    private final Health health;
    private final Access access;
    private final Cluster cluster;
    private final boolean replays;
    private final Enlargements enlargements;
    private final Supplier<String> url;

    /**
     * @param replays whether dead letters can be replayed
     * @param url of the page
     */
    StatusRoutes(
            KinoliftConfig config,
            KinoliftStreams streams,
            Metrics metrics,
            Access access,
            Cluster cluster,
            boolean replays,
            Supplier<String> url) {
        this.config = config;
        this.streams = streams;
        this.metrics = metrics;
        this.access = access;
        this.cluster = cluster;
        this.replays = replays;
        this.url = url;
        this.enlargements = Enlargements.of(streams.plans());
        this.health = new Health(
                streams,
                metrics.figures(),
                new InputTopics(config.get(TopicSettings.FRAMES_TOPIC)),
                Duration.ofMillis(config.get(MonitoringSettings.STUCK_TIMEOUT)),
                ParallelismSettings.byWindow(config));
    }

    void addTo(JavalinConfig javalin) {
        Answers.get(javalin, "/live", context -> answer(context, health.live()));
        Answers.get(javalin, "/ready", context -> answer(context, health.ready()));
        Answers.get(javalin, "/metrics", context -> answer(context, metrics.scrape()));
        Answers.get(javalin, "/metrics/kafka", context -> answer(context, metrics.scrapeKafka()));
        Answers.get(javalin, "/api/status", context -> context.json(status(!access.picturesAreOpenTo(context))));
        Answers.get(javalin, "/api/streams", context -> context.json(cluster.look(cluster.self(url.get()))));
    }

    private static void answer(Context context, String figures) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8").result(figures);
    }

    private static void answer(Context context, Health.Verdict verdict) {
        context.status(verdict.ok() ? 200 : 503).json(verdict);
    }

    /**
     * The facts that the page shows about this instance.
     *
     * @param enlargements what is done to which stream
     * @param windowSize core frames
     * @param watch where each stream can be watched
     * @param writable whether the owner of the token may replay
     * @param locked whether who asks has yet to show the token to see pictures
     */
    record Status(
            String version,
            String application,
            Instance instance,
            Health.Verdict live,
            Health.Verdict ready,
            int tasks,
            long waitingRecords,
            Map<String, String> topics,
            Enlargements enlargements,
            int windowSize,
            List<StreamSummary> streams,
            Map<String, WatchRoutes.Paths> watch,
            boolean writable,
            boolean locked) {}

    /** @param groups streams with a plan of their own, in the order in which they are tried */
    record Enlargements(String common, List<Group> groups) {
        record Group(String match, String plan) {}

        static Enlargements of(StreamPlans plans) {
            return new Enlargements(
                    plans.common().summary(),
                    plans.groups().stream()
                            .map(group -> new Group(group.match(), group.plan().summary()))
                            .toList());
        }
    }

    private Status status(boolean locked) {
        List<StreamSummary> summaries = metrics.figures().summaries();
        return new Status(
                Version.NUMBER,
                streams.application(),
                cluster.self(url.get()),
                health.live(),
                health.ready(),
                health.assignedTasks(),
                health.waitingRecords(),
                topics(),
                enlargements,
                config.get(WindowingSettings.WINDOW_SIZE),
                summaries,
                summaries.stream()
                        .map(StreamSummary::stream)
                        .collect(Collectors.toMap(Function.identity(), WatchRoutes::paths)),
                replays && access.hasToken(),
                locked);
    }

    private Map<String, String> topics() {
        return Map.of(
                "frames", config.get(TopicSettings.FRAMES_TOPIC),
                "upscaled", config.get(TopicSettings.UPSCALED_TOPIC),
                "deadLetters", config.get(TopicSettings.DEAD_LETTERS_TOPIC),
                "accounts", config.get(TopicSettings.ACCOUNTS_TOPIC));
    }
}
