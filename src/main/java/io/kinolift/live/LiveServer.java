package io.kinolift.live;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.javalin.http.staticfiles.Location;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.engine.StreamPlans;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.metrics.Metrics;
import io.kinolift.metrics.StreamSummary;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.MonitoringSettings;
import io.kinolift.settings.TopicSettings;
import io.kinolift.settings.WindowingSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves health, metrics and the page of one running application. */
public final class LiveServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveServer.class);

    /** A connection that sends nothing for so long is closed. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final KinoliftConfig config;
    private final Enlargements enlargements;
    private final Metrics metrics;
    private final Viewfinder viewfinder;
    private final RecentDeadLetters deadLetters;
    private final Optional<Replay> replay;
    private final Health health;
    private final Access access;
    private final Object conversion = new Object();
    private final Javalin server;

    /**
     * Starts to listen.
     *
     * @param replay empty if nothing can be replayed
     * @throws io.javalin.util.JavalinException if the address is taken
     */
    public LiveServer(
            KinoliftConfig config,
            KinoliftStreams streams,
            Metrics metrics,
            Viewfinder viewfinder,
            RecentDeadLetters deadLetters,
            Optional<Replay> replay) {
        this.config = config;
        this.enlargements = Enlargements.of(streams.plans());
        this.metrics = metrics;
        this.viewfinder = viewfinder;
        this.deadLetters = deadLetters;
        this.replay = replay;
        this.health = new Health(
                streams,
                metrics.figures(),
                config.get(TopicSettings.FRAMES_TOPIC),
                Duration.ofMillis(config.get(MonitoringSettings.STUCK_TIMEOUT)));
        String host = config.get(MonitoringSettings.HTTP_HOST);
        this.access = new Access(
                host,
                Stream.of(config.get(MonitoringSettings.HTTP_NAMES).strip().split("\\s*,\\s*"))
                        .filter(name -> !name.isEmpty())
                        .toList(),
                config.get(MonitoringSettings.HTTP_TOKEN).value(),
                config.constant(MonitoringSettings.HTTP_PICTURES, Access.Pictures.class));
        this.server = Javalin.create(this::configure).start(host, config.get(MonitoringSettings.HTTP_PORT));
        bound(server.jettyServer().server());
        LOG.info("live page, health and metrics: {}", url());
        if (access.picturesNeedToken()) {
            LOG.info(
                    "{}: pictures are shown {}",
                    config.get(MonitoringSettings.HTTP_PICTURES).equals("locked")
                            ? "kinolift.http.pictures is locked"
                            : host + " (kinolift.http.host) can be reached from other machines",
                    access.hasToken()
                            ? "only to holders of kinolift.http.token"
                            : "to nobody, because kinolift.http.token is not set");
        }
    }

    /** Where the page is. */
    public String url() {
        return "http://" + config.get(MonitoringSettings.HTTP_HOST) + ":" + server.port() + "/";
    }

    private void bound(Server jetty) {
        NewestConnections newest = new NewestConnections(config.get(MonitoringSettings.HTTP_CONNECTIONS));
        for (Connector connector : jetty.getConnectors()) {
            connector.addBean(newest);
            if (connector instanceof ServerConnector each) {
                each.setIdleTimeout(IDLE.toMillis());
            }
        }
    }

    private void configure(JavalinConfig javalin) {
        javalin.startup.showJavalinBanner = false;
        javalin.staticFiles.add("/live", Location.CLASSPATH);
        javalin.routes.before(LiveServer::secure);
        access.guard(javalin);
        get(javalin, "/live", context -> answer(context, health.live()));
        get(javalin, "/ready", context -> answer(context, health.ready()));
        get(
                javalin,
                "/metrics",
                context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(metrics.scrape()));
        get(javalin, "/api/status", context -> context.json(status(!access.picturesAreOpenTo(context))));
        get(javalin, "/api/pair", this::pair);
        get(javalin, "/api/dead-letters", context -> context.json(deadLetters.summaries()));
        get(javalin, "/api/dead-letters/{number}/picture", this::deadLetterPicture);
        javalin.routes.post("/api/dead-letters/{number}/replay", this::replayDeadLetter);
        javalin.routes.exception(
                IllegalStateException.class, (failure, context) -> refuse(context, 409, failure.getMessage()));
        javalin.routes.exception(
                FrameCodecException.class, (failure, context) -> refuse(context, 415, failure.getMessage()));
        javalin.routes.exception(
                NumberFormatException.class,
                (failure, context) -> refuse(context, 400, "expected a number: " + failure.getMessage()));
    }

    /** And HEAD: by itself, Javalin answers it with 200 for any path that there is, also where GET does not. */
    private static void get(JavalinConfig javalin, String path, Handler handler) {
        javalin.routes.get(path, handler);
        javalin.routes.head(path, handler);
    }

    /** The page may only load its own files, and pictures that it was given. */
    private static void secure(Context context) {
        context.header(
                "Content-Security-Policy",
                "default-src 'self'; img-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header(Header.CACHE_CONTROL, "no-store");
    }

    private static void answer(Context context, Health.Verdict verdict) {
        context.status(verdict.ok() ? 200 : 503).json(verdict);
    }

    static void refuse(Context context, int status, String reason) {
        context.status(status).json(Map.of("reason", reason));
    }

    /**
     * The facts that the page shows about the whole application.
     *
     * @param enlargements what is done to which stream
     * @param windowSize core frames
     * @param writable whether the owner of the token may replay
     * @param locked whether who asks has yet to show the token to see pictures
     */
    record Status(
            Health.Verdict live,
            Health.Verdict ready,
            int tasks,
            long waitingRecords,
            Map<String, String> topics,
            Enlargements enlargements,
            int windowSize,
            List<StreamSummary> streams,
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
        Map<String, String> topics = Map.of(
                "frames", config.get(TopicSettings.FRAMES_TOPIC),
                "upscaled", config.get(TopicSettings.UPSCALED_TOPIC),
                "deadLetters", config.get(TopicSettings.DEAD_LETTERS_TOPIC),
                "accounts", config.get(TopicSettings.ACCOUNTS_TOPIC));
        return new Status(
                health.live(),
                health.ready(),
                health.assignedTasks(),
                health.waitingRecords(),
                topics,
                enlargements,
                config.get(WindowingSettings.WINDOW_SIZE),
                metrics.figures().summaries(),
                replay.isPresent() && access.hasToken(),
                locked);
    }

    /** @param inputBytes length of the first picture */
    record ShownHeader(
            long number,
            long inputSequence,
            long outputSequence,
            String inputType,
            int inputBytes,
            String outputType,
            int inputWidth,
            int inputHeight,
            int outputWidth,
            int outputHeight) {}

    private void pair(Context context) throws FrameCodecException {
        if (!access.maySeePictures(context)) {
            return;
        }
        long after =
                Long.parseLong(Optional.ofNullable(context.queryParam("after")).orElse("0"));
        Viewfinder.Shown shown = viewfinder.look(
                Optional.ofNullable(context.queryParam("stream")).orElse(""));
        if (shown == null || shown.number() == after) {
            context.status(204);
            return;
        }
        Viewable input = viewable(shown.input());
        Viewable output = viewable(shown.output());
        byte[] header = context.jsonMapper()
                .toJsonString(
                        new ShownHeader(
                                shown.number(),
                                shown.input().sequence(),
                                shown.output().sequence(),
                                input.type(),
                                input.bytes().length,
                                output.type(),
                                shown.input().format().width(),
                                shown.input().format().height(),
                                shown.output().format().width(),
                                shown.output().format().height()),
                        ShownHeader.class)
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer body =
                ByteBuffer.allocate(Integer.BYTES + header.length + input.bytes().length + output.bytes().length);
        body.putInt(header.length).put(header).put(input.bytes()).put(output.bytes());
        context.contentType("application/octet-stream").result(body.array());
    }

    private void deadLetterPicture(Context context) throws FrameCodecException {
        if (!access.maySeePictures(context)) {
            return;
        }
        var frame = deadLetters.frame(Long.parseLong(context.pathParam("number")));
        if (frame.isEmpty()) {
            // Others came meanwhile and took its place; the page is not at fault.
            context.status(204);
            return;
        }
        Viewable picture = viewable(frame.get());
        context.contentType(picture.type()).result(picture.bytes());
    }

    /** One after the other: a large picture needs much memory while it is decoded, and many may ask. */
    private Viewable viewable(EncodedFrame frame) throws FrameCodecException {
        synchronized (conversion) {
            return Viewable.of(frame);
        }
    }

    private void replayDeadLetter(Context context) {
        if (replay.isEmpty()) {
            refuse(context, 403, "this page only shows");
            return;
        }
        if (!access.showsToken(context)) {
            return;
        }
        Optional<RecentDeadLetters.Summary> letter = deadLetters.find(Long.parseLong(context.pathParam("number")));
        if (letter.isEmpty()) {
            refuse(context, 404, "expected a recent dead letter, found none");
            return;
        }
        RecentDeadLetters.Summary found = letter.get();
        String where = replay.get().replay(found.topic(), found.partition(), found.offset());
        LOG.info("dead letter {} replayed: {}", found.number(), where);
        context.json(Map.of("replayed", where));
    }

    @Override
    public void close() {
        server.stop();
    }
}
