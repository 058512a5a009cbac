package io.kinolift.live.cluster;

import io.kinolift.runtime.topics.Backlog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the accounts topic and the group while somebody looks. */
public final class ClusterReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterReader.class);
    private static final Duration ATTENTION = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration GROUP_EVERY = Duration.ofSeconds(5);
    private static final Duration PARTITIONS_EVERY = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int MAX_STREAMS = 10_000;

    private final String topic;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Supplier<Group> groups;
    private final LongSupplier nanos;
    private final AccountTable table = new AccountTable(MAX_STREAMS);
    private Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean closed;
    private long lookedAtNanos;
    private volatile Consumer<byte[], byte[]> reading;
    private volatile Collection<MemberDescription> members = List.of();
    private volatile Backlog backlog = Backlog.NONE;
    private volatile boolean complete;
    private volatile String readProblem = "";
    private volatile String groupProblem = "";

    /** The consumer group of the application. */
    interface Group extends AutoCloseable {
        /**
         * Asks for its members.
         *
         * @throws KafkaException if they may not be seen, or the cluster does not answer
         */
        Collection<MemberDescription> members();

        /** Asks for what it has not read yet; fails as {@link #members} does. */
        Backlog backlog();

        @Override
        void close();
    }

    /**
     * A reader that does nothing yet.
     *
     * @param topic the accounts topic
     * @param consumers of committed records, in no group; each is closed here
     * @param groups connections to the group; each is closed here
     * @param nanos the clock, {@link System#nanoTime}
     */
    ClusterReader(
            String topic, Supplier<Consumer<byte[], byte[]>> consumers, Supplier<Group> groups, LongSupplier nanos) {
        this.topic = topic;
        this.consumers = consumers;
        this.groups = groups;
        this.nanos = nanos;
    }

    /**
     * What is known now.
     *
     * @param complete whether all accounts have been read that there were when reading began
     * @param problem why something is missing; empty if nothing is
     * @param more whether there are more streams than are kept
     */
    record Seen(
            List<KnownStream> streams,
            Collection<MemberDescription> members,
            Backlog backlog,
            boolean complete,
            String problem,
            boolean more) {}

    /** Looks: reading begins, or goes on for some seconds. Waits for nothing. */
    Seen look() {
        synchronized (this) {
            lookedAtNanos = nanos.getAsLong();
            if (thread == null && !closed) {
                thread = Thread.ofPlatform().daemon().name("kinolift-cluster").start(this::run);
            }
        }
        String problem = readProblem.isEmpty() ? groupProblem : readProblem;
        return new Seen(table.streams(), members, backlog, complete, problem, table.forgot());
    }

    /** Whether a thread reads. */
    synchronized boolean isReading() {
        return thread != null;
    }

    private synchronized boolean isOver() {
        return closed || nanos.getAsLong() - lookedAtNanos > ATTENTION.toNanos();
    }

    /** Nobody may look between the decision and the end. */
    private synchronized boolean end() {
        if (!isOver()) {
            return false;
        }
        table.clear();
        members = List.of();
        backlog = Backlog.NONE;
        complete = false;
        readProblem = "";
        groupProblem = "";
        thread = null;
        return true;
    }

    private void run() {
        do {
            try (Consumer<byte[], byte[]> consumer = consumers.get();
                    Group group = groups.get()) {
                reading = consumer;
                table.clear();
                complete = false;
                follow(consumer, group);
            } catch (WakeupException _) {
                // It is closed.
            } catch (RuntimeException e) {
                readProblem = "the accounts cannot be read: " + e.getMessage();
                LOG.debug("the page cannot read {}", topic, e);
                pause();
            } finally {
                reading = null;
            }
        } while (!end());
    }

    private void pause() {
        try {
            var _ = closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            synchronized (this) {
                closed = true;
            }
        }
    }

    /** Until nobody looks any more, or the topic has got more partitions. */
    private void follow(Consumer<byte[], byte[]> consumer, Group group) {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
        long askedNanos = nanos.getAsLong();
        long checkedNanos = askedNanos;
        askGroup(group);
        while (!isOver()) {
            newest(consumer.poll(POLL)).forEach(table::add);
            readProblem = "";
            complete = complete
                    || ends.entrySet().stream()
                            .allMatch(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue());
            long now = nanos.getAsLong();
            if (now - askedNanos > GROUP_EVERY.toNanos()) {
                askedNanos = now;
                askGroup(group);
            }
            if (now - checkedNanos > PARTITIONS_EVERY.toNanos()) {
                checkedNanos = now;
                if (partitions(consumer).size() != partitions.size()) {
                    return;
                }
            }
        }
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(topic, ANSWER).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** Accounts of a busy stream come many times a second: only the last one of each is worth reading. */
    private static Collection<ConsumerRecord<byte[], byte[]>> newest(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.key() != null) {
                last.put(ByteBuffer.wrap(record.key()), record);
            }
        }
        return last.values();
    }

    private void askGroup(Group group) {
        try {
            members = List.copyOf(group.members());
            backlog = group.backlog();
            groupProblem = "";
        } catch (KafkaException | IllegalStateException e) {
            members = List.of();
            backlog = Backlog.NONE;
            groupProblem = "instances are not known: " + e.getMessage();
        }
    }

    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            closed = true;
            closing.countDown();
            last = thread;
        }
        Consumer<byte[], byte[]> consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
        }
        if (last != null) {
            try {
                last.join(ANSWER);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
