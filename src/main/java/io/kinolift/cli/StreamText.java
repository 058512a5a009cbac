package io.kinolift.cli;

import io.kinolift.audit.AccountBook;
import io.kinolift.audit.StreamRow;
import io.kinolift.avro.VideoFrame;
import io.kinolift.wire.AccountRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A stream in words and numbers: as a line of a table, as fields, as a page. */
final class StreamText {
    private static final String NONE = "-";

    private StreamText() {}

    static TextTable table() {
        return new TextTable(
                "STREAM",
                "STATE",
                "SESSION",
                "SIZE",
                "FPS",
                "RECEIVED",
                "OUT",
                "DEAD",
                "DROPPED",
                "HELD",
                "BEHIND",
                "PARTITION",
                "INSTANCE");
    }

    /** As {@link #table}. */
    static List<String> cells(StreamRow row, String instance, String input) {
        AccountRecord account = row.account();
        return List.of(
                account.streamId(),
                state(row),
                Long.toString(account.session()),
                input == null ? NONE : input.split(" ", 2)[0],
                row.framesPerSecond() > 0 ? String.format(Locale.ROOT, "%.1f", row.framesPerSecond()) : NONE,
                Long.toString(account.received()),
                Long.toString(account.emitted()),
                Long.toString(account.deadLettered()),
                counts(account.dropped(), NONE),
                Long.toString(account.held()),
                row.state() == StreamRow.State.LIVE ? row.behindMillis() + " ms" : NONE,
                Integer.toString(account.partition()),
                instance == null ? NONE : instance);
    }

    /** For programs: names in the way of the schemas, null for what is not known. */
    static Map<String, Object> fields(StreamRow row, String instance, String input) {
        AccountRecord account = row.account();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("streamId", account.streamId());
        fields.put("state", state(row));
        fields.put("session", account.session());
        fields.put("format", input);
        fields.put("framesPerSecond", row.framesPerSecond() > 0 ? row.framesPerSecond() : null);
        fields.put("received", account.received());
        fields.put("upscaled", account.upscaled());
        fields.put("emitted", account.emitted());
        fields.put("deadLettered", account.deadLettered());
        fields.put("dropped", new TreeMap<>(account.dropped()));
        fields.put("held", account.held());
        fields.put("filled", account.filled());
        fields.put("incidents", new TreeMap<>(account.incidents()));
        fields.put("behindMillis", row.behindMillis());
        fields.put("partition", account.partition());
        fields.put("offset", account.offset());
        fields.put("instance", instance);
        return fields;
    }

    static List<String> detail(StreamRow row, String instance, String input, String output) {
        AccountRecord account = row.account();
        List<String> lines = new ArrayList<>();
        lines.add("stream     " + account.streamId());
        lines.add("state      " + state(row) + ", last frame " + seconds(row.behindMillis()) + " ago ("
                + Instant.ofEpochMilli(row.sessions().getFirst().millis()) + ")");
        lines.add("session    " + account.session());
        lines.add("input      " + (input == null ? "no longer on the topic" : input)
                + (row.framesPerSecond() > 0
                        ? String.format(Locale.ROOT, ", %.1f frames per second", row.framesPerSecond())
                        : ""));
        lines.add("output     " + (output == null ? "none among the last of its partition" : output));
        lines.add("received   " + account.received());
        lines.add("upscaled   " + account.upscaled() + ", giving " + account.emitted() + " output frames");
        lines.add("dead       " + account.deadLettered());
        lines.add("dropped    " + counts(account.dropped(), "0"));
        lines.add("held       " + account.held());
        lines.add("filled     " + account.filled());
        lines.add("incidents  " + counts(account.incidents(), "none"));
        lines.add("place      " + account.topic() + "-" + account.partition() + "@" + account.offset());
        lines.add("instance   " + (instance == null ? "none: nobody works on the partition" : instance));
        for (AccountBook.Entry entry : row.sessions().subList(1, row.sessions().size())) {
            AccountRecord older = entry.account();
            lines.add("earlier    session " + older.session() + (older.ended() ? ", ended" : ", not ended")
                    + ": received "
                    + older.received() + ", out " + older.emitted() + ", dead " + older.deadLettered() + ", dropped "
                    + counts(older.dropped(), "0") + ", held " + older.held());
        }
        return lines;
    }

    /** Size, codec and pixel format; null if there is no frame. */
    static String format(Optional<VideoFrame> frame) {
        return frame.map(found -> found.getWidth() + "x" + found.getHeight() + " "
                        + found.getCodec().name().toLowerCase(Locale.ROOT) + " "
                        + found.getPixelFormat().name().toLowerCase(Locale.ROOT))
                .orElse(null);
    }

    private static String state(StreamRow row) {
        return row.state().name().toLowerCase(Locale.ROOT);
    }

    private static String counts(Map<String, Long> counts, String none) {
        String text = new TreeMap<>(counts)
                .entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
        return text.isEmpty() ? none : text;
    }

    private static String seconds(long millis) {
        return millis < 120_000
                ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
                : String.format(Locale.ROOT, "%d min", millis / 60_000);
    }
}
