package io.kinolift.runtime;

import io.kinolift.runtime.group.SettingsMark;
import io.kinolift.runtime.topics.RemadeInput;
import io.kinolift.runtime.topics.SpreadTopics;
import io.kinolift.runtime.topics.TopicFaults;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.runtime.topics.UnreadInput;
import io.kinolift.topology.InputHold;
import io.kinolift.topology.Spread;
import io.kinolift.topology.ThreadLanes;
import io.kinolift.topology.TopologySettings;
import io.kinolift.topology.UpscaleTopology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator may do to the topics of a running application, and how it goes on afterwards. */
final class TopicRecovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicRecovery.class);
    /** After a mend, threads fail one after the other for the same reason. */
    private static final Duration EXCUSED = Duration.ofMinutes(1);

    private static final Duration DELETE_READ = Duration.ofSeconds(30);

    private final TopologySettings settings;
    private final String applicationId;
    private final TopicFaults faults;
    private final TopicWatch watch;
    private final RemadeInput remade;
    private final UnreadInput unread;
    private volatile IntConsumer limit = _ -> {};
    private int mends;
    /** When the last mend was seen; the watch may have been faster than the failure. */
    private long mendedNanos = System.nanoTime() - EXCUSED.toNanos();

    private int recordBytes;

    /** Jumps to look at. A transactional producer makes one at almost every read, so there is one for each partition. */
    private final Map<TopicPartition, Jump> jumps = new ConcurrentHashMap<>();

    /** Offsets that were not seen, among others that were: the end is excluded. */
    private record Jump(long from, long to) {
        Jump and(Jump other) {
            return new Jump(Math.min(from, other.from), Math.max(to, other.to));
        }
    }

    TopicRecovery(Map<String, Object> clientSettings, TopologySettings settings, String applicationId) {
        this.settings = settings;
        this.applicationId = applicationId;
        recordBytes = settings.maxRecordBytes();
        remade = new RemadeInput(settings.topics().inputs());
        unread = new UnreadInput(remade::suspect);
        faults = new TopicFaults(
                settings.topics(), UpscaleTopology.changelogs(applicationId), settings.spread(), remade);
        watch = new TopicWatch(clientSettings, faults);
    }

    /** Has the consumers of stream threads report input that they skipped, unless the user has set interceptors. */
    void follow(Properties properties) {
        InputTrail.Listener listener = (partition, from, to) -> {
            Jump jump = new Jump(from, to);
            if (settings.topics().inputs().matches(partition.topic())
                    && jumps.merge(partition, jump, Jump::and).equals(jump)) {
                watch.submit(() -> check(partition));
            }
        };
        String interceptors = ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG;
        boolean chosen = Stream.of(
                        interceptors,
                        StreamsConfig.consumerPrefix(interceptors),
                        StreamsConfig.mainConsumerPrefix(interceptors))
                .anyMatch(properties::containsKey);
        if (!chosen) {
            properties.put(StreamsConfig.mainConsumerPrefix(interceptors), InputTrail.class.getName());
            properties.put(StreamsConfig.mainConsumerPrefix(InputTrail.LISTENER), listener);
        }
    }

    private void check(TopicPartition partition) {
        Jump jump = jumps.remove(partition);
        if (jump != null) {
            watch.ask(admin -> {
                unread.check(admin, partition, jump.from(), jump.to());
                return null;
            });
        }
    }

    /**
     * The clients of Kafka Streams: topics that were made again are read from their first record.
     *
     * @param hold which partitions of the input are not to be read now
     * @param threads is told which lanes each thread has
     * @param mark of this instance
     */
    KafkaClients clients(InputHold hold, ThreadLanes threads, SettingsMark mark) {
        return new KafkaClients(
                new InputConsumer.Rewind() {
                    @Override
                    public Collection<TopicPartition> assigned(Collection<TopicPartition> partitions) {
                        try {
                            watch.ask(admin -> {
                                remade.learn(admin, partitions);
                                return null;
                            });
                        } catch (KafkaException e) {
                            LOG.debug("cannot ask for the ids of topics", e);
                        }
                        return remade.take(partitions);
                    }

                    @Override
                    public Collection<TopicPartition> read(Collection<TopicPartition> partitions) {
                        return remade.take(partitions);
                    }
                },
                assigned -> {
                    settings.spread().ifPresent(spread -> threads.assigned(lanes(spread, assigned)));
                    return assigned.stream()
                            .filter(partition -> hold.isHeld(partition.partition())
                                    && settings.topics().inputs().matches(partition.topic()))
                            .collect(Collectors.toSet());
                },
                mark);
    }

    private static Set<Integer> lanes(Spread spread, Set<TopicPartition> assigned) {
        return assigned.stream()
                .filter(partition -> partition.topic().equals(spread.windowsTopic()))
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }

    /** Input records that were deleted before they were read, as far as this process knows. */
    long deletedUnread() {
        return unread.deleted();
    }

    /**
     * Before the start: mends what is safe to mend.
     *
     * @param properties of Kafka Streams
     * @return whether the group has committed offsets; otherwise input is read from its beginning
     * @throws IllegalStateException with what is left, one line each
     */
    boolean requireFit(Admin admin, Properties properties) {
        List<String> left = faults.mend(admin);
        if (!left.isEmpty()) {
            throw new IllegalStateException(String.join("; and ", left));
        }
        try {
            boolean goesOn = unread.check(
                    admin, applicationId, Topics.inputs(admin, settings.topics().inputs()));
            if (goesOn) {
                faults.restore(admin, changelogs(admin, properties));
            }
            return goesOn;
        } catch (AuthorizationException e) {
            // The thread that needs the right fails with its name.
            LOG.debug("cannot ask for the group's offsets", e);
            return true;
        }
    }

    /** The topics between instances have been made. */
    void learnShared(Admin admin) {
        faults.learnShared(admin);
    }

    /** As Kafka Streams makes them. */
    private List<NewTopic> changelogs(Admin admin, Properties properties) {
        Map<String, String> common = new HashMap<>(Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "CreateTime"));
        properties.forEach((name, value) -> {
            if (name.toString().startsWith(StreamsConfig.TOPIC_PREFIX)) {
                common.put(name.toString().substring(StreamsConfig.TOPIC_PREFIX.length()), value.toString());
            }
        });
        int partitions = Topics.partitions(admin, settings.topics().inputs());
        short replicas = Short.parseShort(properties
                .getOrDefault(StreamsConfig.REPLICATION_FACTOR_CONFIG, "-1")
                .toString());
        return UpscaleTopology.changelogs(applicationId, settings).entrySet().stream()
                .map(changelog -> {
                    Map<String, String> own = new HashMap<>(common);
                    own.putAll(changelog.getValue());
                    return new NewTopic(changelog.getKey(), partitions, replicas).configs(own);
                })
                .toList();
    }

    /** @param lowered is told the largest record that the output topics take, once they take less */
    void start(IntConsumer lowered) {
        limit = lowered;
        watch.start();
        if (settings.spread().isPresent()) {
            watch.repeat(DELETE_READ, new SpreadTopics(applicationId)::deleteRead);
        }
    }

    /** Asks the cluster something again and again, from the start on. */
    void repeat(Duration period, Consumer<Admin> question) {
        watch.repeat(period, question);
    }

    List<String> faults() {
        return watch.faults();
    }

    /** Whether the topics were behind the failure of a thread. Returns when they are fit again. */
    boolean mended(Throwable failure) {
        if (isCausedBy(failure, RecordTooLargeException.class)) {
            return isExcused(watch.await(this::tooSmall) || (settings.spread().isEmpty() && hasLowerLimit()));
        }
        boolean faulty = watch.await(faults::mend);
        return isExcused(faulty || isCausedBy(failure, MissingSourceTopicException.class));
    }

    private List<String> tooSmall(Admin admin) {
        List<String> found =
                new ArrayList<>(faults.tooSmall(admin, UpscaleTopology.changelogs(applicationId, settings)));
        // Outputs of this size are on their way already, and nobody can make them again.
        settings.spread().ifPresent(_ -> found.addAll(faults.lowered(admin, settings.maxRecordBytes())));
        return found;
    }

    private synchronized boolean isExcused(boolean mendedNow) {
        int all = faults.mended();
        if (mendedNow || all != mends) {
            mends = all;
            mendedNanos = System.nanoTime();
        }
        return System.nanoTime() - mendedNanos < EXCUSED.toNanos();
    }

    private synchronized boolean hasLowerLimit() {
        int found = watch.ask(admin -> Topics.requireFit(admin, settings.topics()));
        if (found >= recordBytes) {
            return false;
        }
        LOG.warn(
                "max.message.bytes of {} or {} was lowered from {} to {}: outputs that are larger become dead letters "
                        + "(OUTPUT_TOO_LARGE) from now on",
                settings.topics().upscaled(),
                settings.topics().deadLetters(),
                recordBytes,
                found);
        recordBytes = found;
        limit.accept(found);
        return true;
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Exception> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        watch.close();
    }
}
