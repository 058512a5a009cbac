package io.kinolift.live;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import io.kinolift.live.cluster.Cluster;
import io.kinolift.live.watch.WatchRoutes;
import io.kinolift.metrics.Metrics;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.MonitoringSettings;
import io.kinolift.settings.TopicSettings;
import io.kinolift.topology.InputTopics;
import java.time.Duration;
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

    private static final String PLAYER = "/META-INF/resources/webjars/hls.js/1.4.12/dist/hls.light.min.js";

    private final KinoliftConfig config;
    private final LiveProbes probes;
    private final Cluster cluster;
    private final Javalin server;

    /**
     * Starts to listen.
     *
     * @param clientSettings of Kafka clients, for the streams of other instances
     * @param replay empty if nothing can be replayed
     * @throws io.javalin.util.JavalinException if the address is taken
     */
    public LiveServer(
            KinoliftConfig config,
            KinoliftStreams streams,
            Metrics metrics,
            LiveProbes probes,
            Map<String, String> clientSettings,
            Optional<Replay> replay) {
        this.config = config;
        this.probes = probes;
        WatchMetrics.add(metrics, probes.watching().figures());
        Access access = access(config);
        cluster = new Cluster(
                streams,
                new InputTopics(config.get(TopicSettings.FRAMES_TOPIC)),
                config.get(TopicSettings.ACCOUNTS_TOPIC),
                clientSettings,
                new OwnHost());
        StatusRoutes status =
                new StatusRoutes(config, streams, metrics, access, cluster, replay.isPresent(), this::url);
        DeadLetterRoutes letters = new DeadLetterRoutes(access, probes.deadLetters(), replay);
        server = Javalin.create(javalin -> {
                    begin(javalin, access);
                    status.addTo(javalin);
                    letters.addTo(javalin);
                    new PictureRoutes(access, probes).addTo(javalin);
                    new WatchRoutes(config, probes.watching(), access::maySeePictures, metrics.figures()::streams)
                            .addTo(javalin);
                })
                .start(config.get(MonitoringSettings.HTTP_HOST), config.get(MonitoringSettings.HTTP_PORT));
        bound(server.jettyServer().server());
        LOG.info("live page, health and metrics: {}", url());
        tell(access);
    }

    private static Access access(KinoliftConfig config) {
        return new Access(
                config.get(MonitoringSettings.HTTP_HOST),
                Stream.of(config.get(MonitoringSettings.HTTP_NAMES).strip().split("\\s*,\\s*"))
                        .filter(name -> !name.isEmpty())
                        .toList(),
                config.get(MonitoringSettings.HTTP_TOKEN).value(),
                config.constant(MonitoringSettings.HTTP_PICTURES, Access.Pictures.class));
    }

    private static void begin(JavalinConfig javalin, Access access) {
        javalin.startup.showJavalinBanner = false;
        javalin.staticFiles.add("/live", Location.CLASSPATH);
        javalin.routes.before(Answers::secure);
        access.guard(javalin);
        Answers.refuseFailures(javalin);
        Answers.get(javalin, "/hls.js", LiveServer::player);
    }

    /** A library, from its jar. */
    private static void player(Context context) {
        context.contentType("text/javascript; charset=utf-8").result(LiveServer.class.getResourceAsStream(PLAYER));
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

    private void tell(Access access) {
        if (access.picturesNeedToken()) {
            LOG.info(
                    "{}: pictures are shown {}",
                    config.get(MonitoringSettings.HTTP_PICTURES).equals("locked")
                            ? "kinolift.http.pictures is locked"
                            : config.get(MonitoringSettings.HTTP_HOST)
                                    + " (kinolift.http.host) can be reached from other machines",
                    access.hasToken()
                            ? "only to holders of kinolift.http.token"
                            : "to nobody, because kinolift.http.token is not set");
        }
    }

    /** Where the page is. */
    public String url() {
        return "http://" + config.get(MonitoringSettings.HTTP_HOST) + ":" + server.port() + "/";
    }

    @Override
    public void close() {
        probes.watching().close();
        server.stop();
        cluster.close();
    }
}
