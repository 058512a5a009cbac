package io.kinolift.cli;

import io.kinolift.audit.StreamRow;
import io.kinolift.wire.StreamActivity;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the list of streams tells of each: as a column of a table, as a field of a JSON object, or as both. */
enum StreamColumn {
    STREAM("STREAM", "streamId", facts -> facts.account().streamId()),
    STATE("STATE", "state", StreamFacts::state),
    SESSION("SESSION", "session", facts -> facts.account().session()),
    SIZE("SIZE", null, facts -> facts.input() == null ? null : facts.input().size()),
    FORMAT(null, "format", facts -> facts.input() == null ? null : facts.input().toString()),
    FPS("FPS", "framesPerSecond", StreamColumn::framesPerSecond),
    RECEIVED("RECEIVED", "received", facts -> facts.account().received()),
    UPSCALED(null, "upscaled", facts -> facts.account().upscaled()),
    OUT("OUT", "emitted", facts -> facts.account().emitted()),
    DEAD("DEAD", "deadLettered", facts -> facts.account().deadLettered()),
    DROPPED("DROPPED", "dropped", facts -> new TreeMap<>(facts.account().dropped())),
    HELD("HELD", "held", facts -> facts.account().held()),
    FILLED(null, "filled", facts -> facts.account().filled()),
    INCIDENTS(null, "incidents", facts -> new TreeMap<>(facts.account().incidents())),
    BEHIND("BEHIND", null, StreamColumn::behind),
    BEHIND_MILLIS(null, "behindMillis", facts -> facts.row().behindMillis()),
    UNREAD(null, "unread", facts -> facts.row().unread()),
    PARTITION("PARTITION", "partition", facts -> facts.account().partition()),
    OFFSET(null, "offset", facts -> facts.account().offset()),
    INSTANCE("INSTANCE", "instance", StreamFacts::instance);

    private static final String NONE = "-";

    /** Null if it is not in the table. */
    private final String title;

    /** In the way of the schemas; null if it is no field. */
    private final String jsonName;

    /** Gives null for what is not known. */
    private final Function<StreamFacts, Object> value;

    StreamColumn(String title, String jsonName, Function<StreamFacts, Object> value) {
        this.title = title;
        this.jsonName = jsonName;
        this.value = value;
    }

    static TextTable table() {
        return new TextTable(inTable().map(column -> column.title).toArray(String[]::new));
    }

    /** As {@link #table}. */
    static List<String> cells(StreamFacts facts) {
        return inTable().map(column -> cell(column.value.apply(facts))).toList();
    }

    /** For programs. */
    static Map<String, Object> fields(StreamFacts facts) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Arrays.stream(values())
                .filter(column -> column.jsonName != null)
                .forEach(column -> fields.put(column.jsonName, column.value.apply(facts)));
        return fields;
    }

    private static Stream<StreamColumn> inTable() {
        return Arrays.stream(values()).filter(column -> column.title != null);
    }

    private static String cell(Object value) {
        return switch (value) {
            case null -> NONE;
            case Double number -> String.format(Locale.ROOT, "%.1f", number);
            case Map<?, ?> counts -> StreamText.counts(counts, NONE);
            default -> value.toString();
        };
    }

    private static Double framesPerSecond(StreamFacts facts) {
        double rate = facts.row().framesPerSecond();
        return rate > 0 ? rate : null;
    }

    private static String behind(StreamFacts facts) {
        StreamRow row = facts.row();
        if (!row.state().comes()) {
            return null;
        }
        return row.state() == StreamActivity.LIVE ? row.behindMillis() + " ms" : StreamText.seconds(row.behindMillis());
    }
}
