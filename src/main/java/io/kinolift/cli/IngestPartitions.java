package io.kinolift.cli;

import io.kinolift.audit.AccountBook;
import io.kinolift.audit.Placement;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.transfer.Clients;
import io.kinolift.transfer.TransferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Chooses the partition of the frames topic that each source goes to. No fault of the accounts stops a source. */
final class IngestPartitions {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Admin admin;
    private final Map<String, String> clients;
    private final String accounts;

    /** @param accounts the topic that says where streams are */
    IngestPartitions(Admin admin, Map<String, String> clients, String accounts) {
        this.admin = admin;
        this.clients = clients;
        this.accounts = accounts;
    }

    /** An entry, and how many partitions its topic has. */
    private record Sent(SourceEntry entry, String topic, int size) {
        Integer asked() {
            return entry.options().partition;
        }

        String stream() {
            return entry.options().streamId;
        }
    }

    /**
     * The partition of each entry, as far as Kafka's hash is not to choose it.
     *
     * @param usual the topic of entries that name none
     * @throws UsageException if an entry names a partition that its topic does not have
     */
    Map<SourceEntry, Integer> of(List<SourceEntry> entries, String usual) {
        Map<String, Integer> sizes = new HashMap<>();
        List<Sent> all = new ArrayList<>();
        for (SourceEntry entry : entries) {
            String topic = entry.options().topic == null ? usual : entry.options().topic;
            all.add(new Sent(entry, topic, sizes.computeIfAbsent(topic, name -> Topics.partitions(admin, name))));
        }
        all.forEach(IngestPartitions::requireInRange);
        Optional<Placement> placement = sizes.values().stream().allMatch(size -> size == 1)
                ? Optional.empty()
                : placement(all.stream().anyMatch(sent -> sent.asked() == null));
        Map<SourceEntry, Integer> chosen = new HashMap<>();
        placement.ifPresentOrElse(
                places -> all.stream()
                        .sorted(Comparator.comparingInt(sent -> rank(places, sent)))
                        .forEach(sent -> chosen.put(sent.entry(), choose(places, sent))),
                () -> all.stream()
                        .filter(sent -> sent.asked() != null)
                        .forEach(sent -> chosen.put(sent.entry(), sent.asked())));
        return chosen;
    }

    private static void requireInRange(Sent sent) {
        if (sent.asked() != null && sent.asked() >= sent.size()) {
            throw new UsageException("expected --partition "
                    + (sent.size() == 1
                            ? "0, because " + sent.topic() + " has one partition"
                            : "0 to " + (sent.size() - 1) + " of " + sent.topic())
                    + ", found " + sent.asked() + " for stream \"" + sent.stream() + '"');
        }
    }

    /** Streams with a partition come first, so that new ones keep clear of them. */
    private static int rank(Placement places, Sent sent) {
        if (sent.asked() != null) {
            return 0;
        }
        return places.known(sent.topic(), sent.stream(), sent.size()).isPresent() ? 1 : 2;
    }

    private static int choose(Placement places, Sent sent) {
        if (sent.asked() == null) {
            return places.place(sent.topic(), sent.stream(), sent.size());
        }
        OptionalInt open = places.open(sent.topic(), sent.stream(), sent.size());
        if (open.isPresent() && open.getAsInt() != sent.asked()) {
            // What waits there for its next frame waits until the stream ends there.
            Tell.line("stream " + sent.stream() + " is open on partition " + open.getAsInt() + " of " + sent.topic()
                    + ", and goes to partition " + sent.asked() + " all the same");
        }
        places.put(sent.topic(), sent.stream(), sent.asked());
        return sent.asked();
    }

    /**
     * Nothing if the accounts cannot be read.
     *
     * @param chooses whether a partition has to be chosen
     */
    private Optional<Placement> placement(boolean chooses) {
        String reason;
        try {
            return Optional.of(new Placement(read(), System.currentTimeMillis()));
        } catch (AuthorizationException _) {
            reason = "this login may not read " + accounts;
        } catch (KafkaException | TransferException e) {
            reason = accounts + " cannot be read: " + Failures.text(e);
        }
        Tell.line(
                chooses
                        ? "streams go to the partitions of Kafka's hash, evenly or not, because " + reason
                                + "; --partition N chooses by hand"
                        : "not checked whether a stream is open on another partition: " + reason);
        return Optional.empty();
    }

    private List<AccountBook.Entry> read() throws TransferException {
        try {
            Topics.partitions(admin, accounts);
        } catch (UnknownTopicOrPartitionException _) {
            // Kept by nobody yet. A consumer that asked for them might create their topic.
            return List.of();
        }
        Map<String, String> settings = new HashMap<>(clients);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        try (Consumer<byte[], byte[]> consumer = Clients.tableReader(settings)) {
            return AccountBook.read(consumer, accounts, PATIENCE).entries();
        }
    }
}
