package io.kinolift.cli;

import io.kinolift.audit.AccountBook;
import io.kinolift.audit.StreamScan;
import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.transfer.Clients;
import io.kinolift.transfer.TransferException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Which session of a stream is meant. The accounts know those of the output topic; another topic is read whole. */
final class SessionChoice {
    private final Map<String, String> clients;
    private final TopicNames names;
    private final String topic;
    private final String streamId;
    private final Consumer<String> told;

    SessionChoice(Map<String, String> clients, TopicNames names, String topic, String streamId, Consumer<String> told) {
        this.clients = clients;
        this.names = names;
        this.topic = topic;
        this.streamId = streamId;
        this.told = told;
    }

    /**
     * The session to take.
     *
     * @param asked null for the newest that has frames
     * @return null if the stream has none yet: then it is the first that comes
     */
    Long choose(Long asked) throws TransferException {
        NavigableMap<Long, Long> sessions = null;
        NavigableSet<String> streams = null;
        try (var consumer = Clients.tableReader(clients)) {
            if (topic.equals(names.upscaled())
                    && !consumer.partitionsFor(names.accounts()).isEmpty()) {
                AccountBook book = AccountBook.read(consumer, names.accounts());
                sessions = book.sessions(streamId);
                streams = book.streams();
            }
        }
        if (sessions == null) {
            try (var consumer = Clients.consumer(clients)) {
                StreamScan scan = StreamScan.read(consumer, topic, streamId);
                sessions = scan.sessions();
                streams = scan.streams();
            }
        }
        return choose(asked, sessions, streams);
    }

    private Long choose(Long asked, NavigableMap<Long, Long> sessions, NavigableSet<String> streams) {
        if (!streams.contains(streamId)) {
            told.accept("no stream \"" + streamId + "\" on " + topic + " yet, waiting for it"
                    + Nearest.advice(streamId, streams, "streams"));
            return asked;
        }
        Long chosen = asked != null || sessions.isEmpty() ? asked : sessions.lastKey();
        if (sessions.size() > 1 || (asked != null && !sessions.containsKey(asked))) {
            told.accept("stream \"" + streamId + "\" has " + sessions.size() + " sessions with frames ("
                    + sessions.entrySet().stream()
                            .map(session -> session.getKey() + ": " + session.getValue())
                            .collect(Collectors.joining(", "))
                    + "); taking " + chosen + (asked == null ? ", the newest (--session N takes another)" : ""));
        }
        return chosen;
    }
}
