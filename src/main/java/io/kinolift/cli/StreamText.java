package io.kinolift.cli;

import io.kinolift.audit.AccountBook;
import io.kinolift.audit.StreamRow;
import io.kinolift.wire.AccountRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A page about one stream. */
final class StreamText {
    private StreamText() {}

    static List<String> detail(StreamFacts facts, StreamFacts.Format output) {
        StreamRow row = facts.row();
        AccountRecord account = facts.account();
        List<String> lines = new ArrayList<>();
        lines.add("stream     " + account.streamId());
        lines.add("state      " + facts.state() + ", last frame " + seconds(row.behindMillis()) + " ago ("
                + Instant.ofEpochMilli(row.sessions().getFirst().millis()) + ")");
        lines.add("session    " + account.session());
        lines.add("input      " + (facts.input() == null ? "no longer on the topic" : facts.input())
                + (row.framesPerSecond() > 0
                        ? String.format(Locale.ROOT, ", %.1f frames per second", row.framesPerSecond())
                        : ""));
        lines.add("output     " + (output == null ? "not among the newest records of its partition" : output));
        lines.add("received   " + account.received());
        lines.add("upscaled   " + account.upscaled() + ", giving " + account.emitted() + " output frames");
        lines.add("dead       " + account.deadLettered());
        lines.add("dropped    " + counts(account.dropped(), "0"));
        lines.add("held       " + account.held());
        lines.add("filled     " + account.filled());
        lines.add("incidents  " + counts(account.incidents(), "none"));
        lines.add("unread     " + row.unread() + " records of its partition");
        lines.add("place      " + account.topic() + "-" + account.partition() + "@" + account.offset());
        lines.add(
                "instance   " + (facts.instance() == null ? "none: nobody works on the partition" : facts.instance()));
        for (AccountBook.Entry entry : row.sessions().subList(1, row.sessions().size())) {
            AccountRecord older = entry.account();
            lines.add("earlier    session " + older.session() + (older.ended() ? ", ended" : ", not ended")
                    + ": received "
                    + older.received() + ", out " + older.emitted() + ", dead " + older.deadLettered() + ", dropped "
                    + counts(older.dropped(), "0") + ", held " + older.held());
        }
        return lines;
    }

    /** Those that are not zero. */
    static String counts(Map<?, ?> counts, String none) {
        String text = new TreeMap<Object, Object>(counts)
                .entrySet().stream()
                        .filter(entry -> !entry.getValue().equals(0L))
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
        return text.isEmpty() ? none : text;
    }

    static String seconds(long millis) {
        return millis < 120_000
                ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
                : String.format(Locale.ROOT, "%d min", millis / 60_000);
    }
}
