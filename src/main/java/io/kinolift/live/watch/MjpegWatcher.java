package io.kinolift.live.watch;

import io.kinolift.ffmpeg.VideoException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that gets picture after picture in one answer. It has a thread of its own, which waits when the client does
 * not read. Meanwhile nothing is queued: when the client reads again, it gets the newest picture.
 *
 * <p>The boundary stands behind each picture, so that a browser need not wait for the next one to know that this one is
 * complete. Chrome waits for it all the same. So if none comes for a moment, the last one is sent again, and then every
 * second, so that a client that has gone is noticed.
 */
final class MjpegWatcher {
    static final String BOUNDARY = "kinolift-picture";
    static final String TYPE = "multipart/x-mixed-replace; boundary=" + BOUNDARY;

    private static final Logger LOG = LoggerFactory.getLogger(MjpegWatcher.class);
    private static final long MOMENT_MILLIS = 100;
    private static final long REPEAT_MILLIS = 1000;

    private final Newest newest;
    private final WatchFigures figures;
    private final OutputStream out;

    MjpegWatcher(Newest newest, WatchFigures figures, OutputStream out) {
        this.newest = newest;
        this.figures = figures;
        this.out = out;
    }

    /** Returns when the client has gone, a picture cannot be shown, or none will be. */
    void run() throws InterruptedException {
        try {
            WritableByteChannel channel = Channels.newChannel(out);
            Newest.Picture shown = null;
            long patience = REPEAT_MILLIS;
            while (!newest.isClosed()) {
                Newest.Picture next = newest.await(shown == null ? 0 : shown.number(), patience);
                patience = next == null ? REPEAT_MILLIS : MOMENT_MILLIS;
                if (next != null) {
                    if (shown == null) {
                        text("--" + BOUNDARY + "\r\n");
                    }
                    figures.sent(shown == null ? 0 : next.number() - shown.number() - 1);
                    shown = next;
                }
                if (shown == null) {
                    // Before the first boundary, players read over it; but a client that has gone is noticed.
                    text("\r\n");
                    out.flush();
                } else {
                    send(channel, shown);
                }
            }
        } catch (IOException e) {
            LOG.debug("a watcher has gone: {}", e.getMessage());
        } catch (VideoException e) {
            LOG.warn("a picture cannot be watched: {}", e.getMessage());
        }
    }

    private void send(WritableByteChannel channel, Newest.Picture picture) throws IOException {
        text("Content-Type: image/jpeg\r\nContent-Length: " + picture.jpeg().remaining() + "\r\n\r\n");
        channel.write(picture.jpeg().duplicate());
        text("\r\n--" + BOUNDARY + "\r\n");
        out.flush();
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
