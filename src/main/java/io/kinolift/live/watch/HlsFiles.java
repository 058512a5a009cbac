package io.kinolift.live.watch;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers with the files of one stream's playlist, when they are there. Nobody waits in a thread of the server. */
final class HlsFiles {
    static final String PLAYLIST = "index.m3u8";

    private static final String VIDEO = "video/mp4";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
    private static final Pattern INIT = Pattern.compile("init-([0-9]{1,15})\\.mp4");
    private static final Pattern SEGMENT = Pattern.compile("([0-9]{1,15})\\.m4s");
    private static final Pattern PART = Pattern.compile("([0-9]{1,15})-([0-9]{1,9})\\.m4s");
    private static final long FIRST_PLAYLIST_MILLIS = 15_000;
    /** More than the three target durations of RFC 8216bis, unless pictures are seconds apart. */
    private static final long WAIT_MILLIS = 5_000;

    private HlsFiles() {}

    /** What a request waits for. */
    @FunctionalInterface
    private interface Wait<T> {
        Optional<T> get() throws InterruptedException;
    }

    static boolean isOne(String file) {
        return file.equals(PLAYLIST)
                || INIT.matcher(file).matches()
                || SEGMENT.matcher(file).matches()
                || PART.matcher(file).matches();
    }

    /** @param file for which {@link #isOne} */
    static void answer(Context context, Timeline timeline, String file) {
        if (file.equals(PLAYLIST)) {
            playlist(context, timeline);
            return;
        }
        Matcher part = PART.matcher(file);
        if (part.matches()) {
            long number = Long.parseLong(part.group(1));
            int index = Integer.parseInt(part.group(2));
            later(context, 404, VIDEO, () -> timeline.part(number, index, WAIT_MILLIS));
            return;
        }
        Matcher segment = SEGMENT.matcher(file);
        Matcher init = INIT.matcher(file);
        Optional<byte[]> found = segment.matches()
                ? timeline.segment(Long.parseLong(segment.group(1)))
                : init.matches() ? timeline.header(Long.parseLong(init.group(1))) : Optional.empty();
        found.ifPresentOrElse(
                bytes -> context.contentType(VIDEO).result(bytes), () -> refuse(context, 404, "it is no longer kept"));
    }

    private static void playlist(Context context, Timeline timeline) {
        String number = context.queryParam("_HLS_msn");
        String part = context.queryParam("_HLS_part");
        if (number == null && part == null) {
            later(context, 503, Playlist.TYPE, () -> timeline.playlist(FIRST_PLAYLIST_MILLIS));
            return;
        }
        if (number == null
                || !NUMBER.matcher(number).matches()
                || (part != null && (!NUMBER.matcher(part).matches() || part.length() > 9))) {
            refuse(context, 400, "expected _HLS_msn to be a number, and _HLS_part with it");
            return;
        }
        long segment = Long.parseLong(number);
        int index = part == null ? -1 : Integer.parseInt(part);
        if (timeline.claim(segment, index) == Timeline.Claim.TOO_FAR) {
            refuse(context, 400, "expected a segment that is next, found _HLS_msn=" + segment);
            return;
        }
        later(context, 503, Playlist.TYPE, () -> timeline.playlistWith(segment, index, WAIT_MILLIS));
    }

    private static <T> void later(Context context, int status, String type, Wait<T> wait) {
        CompletableFuture<Optional<T>> found = new CompletableFuture<>();
        context.future(() -> {
            Thread.ofVirtual().name("kinolift-hls").start(() -> {
                try {
                    found.complete(wait.get());
                } catch (Throwable e) {
                    found.completeExceptionally(e);
                }
            });
            return found.thenAccept(value -> value.ifPresentOrElse(
                    it -> result(context.contentType(type), it), () -> refuse(context, status, "it is not there yet")));
        });
    }

    private static void result(Context context, Object value) {
        if (value instanceof byte[] bytes) {
            context.result(bytes);
        } else {
            context.result(value.toString());
        }
    }

    private static void refuse(Context context, int status, String reason) {
        context.status(status).json(Map.of("reason", reason));
    }
}
