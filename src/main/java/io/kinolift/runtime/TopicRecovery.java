package io.kinolift.runtime;

import io.kinolift.runtime.check.StartFacts;
import io.kinolift.runtime.topics.TopicFaults;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.runtime.topics.UnreadInput;
import io.kinolift.topology.TopologySettings;
import io.kinolift.topology.UpscaleTopology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator may do to the topics of a running application, and how it goes on afterwards. */
final class TopicRecovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicRecovery.class);

    private final TopologySettings settings;
    private final String applicationId;
    private final TopicFaults faults;
    private final TopicWatch watch;
    private final UnreadInput unread = new UnreadInput();
    private volatile IntConsumer limit = _ -> {};
    /** How much had been mended at the last failure: the watch may have been faster than the failure. */
    private final AtomicInteger lastMends = new AtomicInteger();

    private int recordBytes;

    TopicRecovery(Map<String, Object> clientSettings, TopologySettings settings, String applicationId) {
        this.settings = settings;
        this.applicationId = applicationId;
        recordBytes = settings.maxRecordBytes();
        faults = new TopicFaults(settings.topics(), UpscaleTopology.changelogs(applicationId));
        watch = new TopicWatch(clientSettings, faults);
    }

    /** Has the consumers of stream threads tell of input that they did not get to see, unless they have other work. */
    void follow(Properties properties) {
        InputTrail.Listener listener = (partition, from, to) -> watch.submit(() -> watch.ask(admin -> {
            unread.check(admin, partition, from, to);
            return null;
        }));
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

    /** Input records that were deleted before they were read, as far as this process knows. */
    long deletedUnread() {
        return unread.deleted();
    }

    /**
     * Before the start: mends what is safe to mend.
     *
     * @param properties of Kafka Streams
     * @throws IllegalStateException with what is left, one line each
     */
    void requireFit(Admin admin, Properties properties) {
        List<String> left = faults.mend(admin);
        if (!left.isEmpty()) {
            throw new IllegalStateException(String.join("; and ", left));
        }
        if (unread.check(admin, applicationId, settings.topics().frames())) {
            faults.restore(admin, changelogs(admin, properties));
        }
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
        int partitions = Topics.partitions(admin, settings.topics().frames());
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
    }

    List<String> faults() {
        return watch.faults();
    }

    /** Whether the topics were behind the failure of a thread. Returns when they are fit again. */
    boolean mended(Throwable failure) {
        if (isCausedBy(failure, RecordTooLargeException.class)) {
            int rowBytes = StartFacts.rowBytes(settings.engine().limits().maxBytes());
            return watch.await(admin -> faults.tooSmall(admin, rowBytes)) || hasLowerLimit();
        }
        boolean faulty = watch.await(faults::mend);
        int mends = faults.mended();
        return mends != lastMends.getAndSet(mends) || faulty || isCausedBy(failure, MissingSourceTopicException.class);
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
