package io.kinolift.runtime;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Watches one stream after another to its end, as a player does. */
final class SoakWatcher implements AutoCloseable {
    /** The application gets to a stream some seconds after its first frame was sent. */
    private static final Duration LOOK = Duration.ofSeconds(25);

    private static final Pattern FILE = Pattern.compile("^(?!#)(.+)$|URI=\"(init-.+?)\"", Pattern.MULTILINE);

    private final ServedBy server;
    private final AtomicLong files = new AtomicLong();
    private final Thread thread;
    private volatile String stream;
    private volatile boolean closed;

    /** @param server becomes the watcher's */
    SoakWatcher(ServedBy server) {
        this.server = server;
        this.thread = Thread.ofVirtual().start(this::work);
    }

    /** What is worth watching now. */
    void point(String id) {
        stream = id;
    }

    /** Headers and segments that it got. */
    long files() {
        return files.get();
    }

    private void work() {
        try {
            while (!closed) {
                String now = stream;
                if (now != null) {
                    watch("watch/" + now + "/");
                }
                Thread.sleep(100);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(String folder) throws InterruptedException {
        long end = System.nanoTime() + LOOK.toNanos();
        while (!closed && System.nanoTime() < end) {
            HttpResponse<String> playlist = get(folder + "index.m3u8");
            if (playlist != null && playlist.statusCode() == 200) {
                for (MatchResult name : FILE.matcher(playlist.body()).results().toList()) {
                    HttpResponse<String> file = get(folder + (name.group(1) == null ? name.group(2) : name.group(1)));
                    files.addAndGet(file != null && file.statusCode() == 200 ? 1 : 0);
                }
                if (playlist.body().contains("#EXT-X-ENDLIST")) {
                    return;
                }
            }
            Thread.sleep(200);
        }
    }

    /** Null if the server does not answer: the test itself sees whether it lives. */
    private HttpResponse<String> get(String path) throws InterruptedException {
        try {
            return server.get(path);
        } catch (IOException _) {
            return null;
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(Duration.ofSeconds(30));
        server.close();
    }
}
