package io.kinolift.live.watch;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.WatchSettings;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The addresses below {@code /watch}. Streams that this process keeps figures of have them, and no others. */
public final class WatchRoutes {
    private static final String MJPEG = ".mjpeg";

    private final Watching watching;
    private final Predicate<Context> maySeePictures;
    private final Supplier<Set<String>> streams;
    private final int maxWatchers;

    /**
     * @param maySeePictures answers the request if not
     * @param streams the ids of those whose frames this process has read
     */
    public WatchRoutes(
            KinoliftConfig config,
            Watching watching,
            Predicate<Context> maySeePictures,
            Supplier<Set<String>> streams) {
        this.watching = watching;
        this.maySeePictures = maySeePictures;
        this.streams = streams;
        this.maxWatchers = config.get(WatchSettings.MAX_WATCHERS);
    }

    /** Adds the addresses to a server. */
    public void addTo(JavalinConfig javalin) {
        add(javalin, "/watch/{file}", this::mjpeg);
        add(javalin, "/watch/{stream}/{file}", this::hls);
    }

    private static void add(JavalinConfig javalin, String path, Handler handler) {
        javalin.routes.get(path, handler);
        javalin.routes.head(path, handler);
    }

    /**
     * Where a stream can be watched, from the page on.
     *
     * @param mjpeg picture by picture
     * @param hls as video
     */
    public record Paths(String mjpeg, String hls) {}

    public static Paths paths(String streamId) {
        String part = "watch/" + WatchAddress.of(streamId);
        return new Paths(part + MJPEG, part + "/" + HlsFiles.PLAYLIST);
    }

    private void hls(Context context) {
        if (!maySeePictures.test(context)) {
            return;
        }
        String file = context.pathParam("file");
        Optional<Screen> screen =
                HlsFiles.isOne(file) ? screen(context, context.pathParam("stream")) : noFile(context, file);
        screen.ifPresent(found -> HlsFiles.answer(context, found.play(), file));
    }

    private void mjpeg(Context context) throws IOException {
        if (!maySeePictures.test(context)) {
            return;
        }
        String file = context.pathParam("file");
        Optional<Screen> screen = file.endsWith(MJPEG)
                ? screen(context, file.substring(0, file.length() - MJPEG.length()))
                : noFile(context, file);
        if (screen.isEmpty()) {
            return;
        }
        HttpServletResponse response = context.res();
        response.setContentType(MjpegWatcher.TYPE);
        // nginx would collect pictures before it hands them on.
        response.setHeader("X-Accel-Buffering", "no");
        if (context.method().name().equals("HEAD")) {
            return;
        }
        if (!watching.figures().enter(maxWatchers)) {
            refuse(context, 503, "expected at most " + maxWatchers + " watchers (kinolift.watch.max.watchers)");
            return;
        }
        watch(context, screen.get(), response);
    }

    private void watch(Context context, Screen screen, HttpServletResponse response) {
        screen.enter();
        CompletableFuture<Void> end = new CompletableFuture<>();
        context.future(() -> {
            Thread.ofVirtual().name("kinolift-mjpeg").start(() -> {
                try {
                    new MjpegWatcher(screen.newest(), watching.figures(), response.getOutputStream()).run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                } finally {
                    screen.leave();
                    watching.figures().leave();
                    end.complete(null);
                }
            });
            return end;
        });
    }

    /** The screen of the stream that a part of the path names; answers the request if there is none. */
    private Optional<Screen> screen(Context context, String part) {
        Set<String> known = streams.get();
        Optional<String> id =
                WatchAddress.streamId(part).filter(found -> watching.isWatched(found) || known.contains(found));
        if (id.isEmpty()) {
            refuse(context, 404, NoStream.text(WatchAddress.streamId(part).orElse(part), known));
            return Optional.empty();
        }
        Optional<Screen> screen = watching.screen(id.get());
        if (screen.isEmpty()) {
            refuse(context, 503, "expected fewer watched streams (kinolift.live.max.streams)");
        }
        return screen;
    }

    private static Optional<Screen> noFile(Context context, String file) {
        refuse(
                context,
                404,
                "expected STREAM" + MJPEG + " or STREAM/" + HlsFiles.PLAYLIST + ", found " + NoStream.quoted(file));
        return Optional.empty();
    }

    private static void refuse(Context context, int status, String reason) {
        context.status(status).json(Map.of("reason", reason));
    }
}
