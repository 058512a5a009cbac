package io.kinolift.runtime.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Relates sizes, memory, speed and time limits before the application starts. It corrects our own defaults. It refuses
 * values that somebody has set, and names the setting to change. It never corrects settings that shape output.
 *
 * <ul>
 *   <li>records taken at once x largest frame <= a quarter of the heap
 *   <li>window and halo, records taken at once, producer buffer, store cache, two records being sent <= heap
 *   <li>heap + pictures per stream thread + picture cache per task <= physical memory
 *   <li>commit interval + 3 x worst window x tasks per thread < transaction timeout <= what the broker allows
 *   <li>worst window x records taken at once < longest time between polls
 *   <li>largest frame and the row around it <= what the changelog takes and the producer sends
 * </ul>
 */
final class StartCheck {
    private static final int MAX_RECORDS_AT_ONCE = 32;
    private static final String MAX_POLL_RECORDS = StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG);
    private static final String POLL_INTERVAL =
            StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
    private static final String TRANSACTION_TIMEOUT =
            StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
    private static final String REQUEST_SIZE = StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    private static final String BUFFER_MEMORY = StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG);

    private final Facts facts;
    private final Set<String> chosen;
    private final Properties properties;
    private final List<String> corrections = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    /**
     * Facts about machine, cluster and configuration. Sizes in bytes.
     *
     * @param worstWindowMillis how long a window of the largest pictures allowed would take
     * @param windowFrames core and halo
     * @param nativeBytes pictures per stream thread
     * @param cacheBytes pictures, decoders and encoders kept per task
     * @param tasks partitions of the frames topic, and lanes of windows: one instance may have to take them all
     * @param changelogBytes largest record of the changelog; {@code Integer.MAX_VALUE} where there is none yet
     * @param longestTransactionMillis the broker's bound
     */
    record Facts(
            int maxFrameBytes,
            long worstWindowMillis,
            int windowFrames,
            long heapBytes,
            long physicalBytes,
            long nativeBytes,
            long cacheBytes,
            int maxRecordBytes,
            int tasks,
            int changelogBytes,
            long longestTransactionMillis) {
        public int rowBytes() {
            return StartFacts.rowBytes(maxFrameBytes);
        }
    }

    /**
     * @param chosen names of the Kafka settings that somebody has set
     * @param properties all settings of Kafka Streams; corrected in place by {@link #run}
     */
    StartCheck(Facts facts, Set<String> chosen, Properties properties) {
        this.facts = facts;
        this.chosen = chosen;
        this.properties = properties;
    }

    StartCheck run() {
        recordsAtOnce();
        sizes();
        heap();
        physicalMemory();
        pollInterval();
        transaction();
        return this;
    }

    /** The corrections, one line each. */
    List<String> corrections() {
        return corrections;
    }

    /** Faults with the largest pictures allowed, if the measured speed is right: a guess, so nothing is refused. */
    List<String> warnings() {
        return warnings;
    }

    /** Faults that prevent a start, one line each with the setting to change. */
    List<String> refusals() {
        return refusals;
    }

    private void recordsAtOnce() {
        long affordable = Math.clamp(facts.heapBytes() / 4 / facts.maxFrameBytes(), 1, MAX_RECORDS_AT_ONCE);
        for (String name : List.of(MAX_POLL_RECORDS, StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG)) {
            if (number(name) > affordable) {
                correct(
                        name,
                        affordable,
                        number(name) + " frames of " + facts.maxFrameBytes()
                                + " bytes (kinolift.max.frame.bytes) are more than a quarter of the heap");
            }
        }
    }

    private void sizes() {
        if (number(REQUEST_SIZE) < facts.rowBytes()) {
            correct(REQUEST_SIZE, facts.rowBytes(), "a frame of kinolift.max.frame.bytes goes to the changelog");
        }
        if (number(BUFFER_MEMORY) < 2 * number(REQUEST_SIZE)) {
            correct(BUFFER_MEMORY, 2 * number(REQUEST_SIZE), "two of the largest records must fit");
        }
        if (facts.changelogBytes() < facts.rowBytes()) {
            refusals.add(
                    "the changelog of the store takes records of " + facts.changelogBytes() + " bytes, frames of "
                            + "kinolift.max.frame.bytes need " + facts.rowBytes()
                            + "; lower kinolift.max.frame.bytes, or raise max.message.bytes of the topic ...-windows-changelog");
        }
    }

    private void heap() {
        long frames = facts.windowFrames() + number(MAX_POLL_RECORDS);
        long needed = frames * facts.maxFrameBytes()
                + number(BUFFER_MEMORY)
                + number(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG)
                + 2L * facts.maxRecordBytes();
        if (needed > facts.heapBytes()) {
            refusals.add("the heap has " + facts.heapBytes() + " bytes, windows of " + facts.windowFrames()
                    + " frames of up to " + facts.maxFrameBytes() + " bytes may need " + needed
                    + "; lower kinolift.max.frame.bytes or kinolift.window.size, or raise -Xmx in KINOLIFT_JAVA_OPTS");
        }
    }

    private void physicalMemory() {
        long needed = StartFacts.physicalBytes(
                facts.heapBytes(),
                facts.nativeBytes(),
                number(StreamsConfig.NUM_STREAM_THREADS_CONFIG),
                facts.cacheBytes(),
                facts.tasks());
        if (needed > facts.physicalBytes()) {
            refusals.add("the machine has " + facts.physicalBytes() + " bytes of memory, heap and pictures may need "
                    + needed
                    + "; lower kinolift.native.memory.bytes, kinolift.picture.cache.bytes, kinolift.decoder.cache.bytes, kinolift.encoder.cache.bytes (of each of "
                    + facts.tasks() + " tasks) or -Xmx");
        }
    }

    private void pollInterval() {
        long needed = facts.worstWindowMillis() * number(MAX_POLL_RECORDS) + 1;
        if (number(POLL_INTERVAL) < needed) {
            correct(POLL_INTERVAL, Math.min(needed, Integer.MAX_VALUE), worstWindow());
        }
    }

    private void transaction() {
        long tasks = Math.ceilDiv(facts.tasks(), number(StreamsConfig.NUM_STREAM_THREADS_CONFIG));
        long needed = number(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG) + 3 * facts.worstWindowMillis() * tasks + 1;
        long allowed = Math.min(needed, facts.longestTransactionMillis());
        if (allowed < needed) {
            warnings.add("a transaction may take " + needed + " ms (three windows of the largest pictures allowed, for "
                    + tasks + " tasks per thread), the broker allows " + facts.longestTransactionMillis()
                    + "; lower kinolift.max.frame.pixels, kinolift.max.output.pixels or kinolift.window.size, or raise "
                    + "num.stream.threads or the broker's transaction.max.timeout.ms");
        }
        if (number(TRANSACTION_TIMEOUT) < allowed) {
            correct(TRANSACTION_TIMEOUT, allowed, worstWindow());
        }
    }

    /** Who has small pictures need not worry. */
    private String worstWindow() {
        return "a window of the largest pictures that kinolift.max.frame.pixels and kinolift.max.output.pixels allow"
                + " would take " + facts.worstWindowMillis() + " ms on this machine";
    }

    private long number(String name) {
        return Long.parseLong(properties.get(effective(name)).toString());
    }

    /** Kafka takes a client's setting with its prefix first, then without. */
    private String effective(String name) {
        String bare = name.substring(name.indexOf('.') + 1);
        boolean prefixed = name.startsWith("consumer.") || name.startsWith("producer.");
        return prefixed && !chosen.contains(name) && chosen.contains(bare) ? bare : name;
    }

    private void correct(String name, long value, String why) {
        String text = effective(name) + "=" + properties.get(effective(name));
        if (chosen.contains(effective(name))) {
            refusals.add(text + " does not go with the rest: " + why + "; set it to " + value);
        } else {
            corrections.add(text + " is now " + value + ": " + why);
            properties.put(name, Math.toIntExact(Math.min(Integer.MAX_VALUE, value)));
        }
    }
}
