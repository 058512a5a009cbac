package io.kinolift.live.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kinolift.runtime.topics.Backlog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterReaderTest {
    private static final TopicPartition PARTITION = new TopicPartition("accounts", 0);
    private final AtomicLong nanos = new AtomicLong();
    private final List<MockConsumer<byte[], byte[]>> made = new CopyOnWriteArrayList<>();
    private final AtomicInteger closedGroups = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile RuntimeException groupFailure;
    private volatile Backlog backlog = Backlog.NONE;
    private final ClusterReader reader = new ClusterReader("accounts", this::consumer, this::group, nanos::get);

    @AfterEach
    void close() {
        reader.close();
    }

    private Consumer<byte[], byte[]> consumer() {
        if (failures.getAndDecrement() > 0) {
            throw new KafkaException("no broker");
        }
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        Node node = new Node(0, "localhost", 1);
        Node[] nodes = {node};
        consumer.updatePartitions("accounts", List.of(new PartitionInfo("accounts", 0, node, nodes, nodes)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 2L));
        consumer.schedulePollTask(() -> {
            add(consumer, 0, "a", 1);
            add(consumer, 1, "a", 2);
        });
        made.add(consumer);
        return consumer;
    }

    private ClusterReader.Group group() {
        return new ClusterReader.Group() {
            @Override
            public List<MemberDescription> members() {
                if (groupFailure != null) {
                    throw groupFailure;
                }
                return List.of();
            }

            @Override
            public Backlog backlog() {
                return backlog;
            }

            @Override
            public void close() {
                closedGroups.incrementAndGet();
            }
        };
    }

    private static void add(MockConsumer<byte[], byte[]> consumer, long offset, String stream, long received) {
        ConsumerRecord<byte[], byte[]> account = AccountTableTest.record(stream, 1, 0, offset, received);
        consumer.addRecord(new ConsumerRecord<>("accounts", 0, offset, account.key(), account.value()));
    }

    @Test
    void reading_beginsWithALook_andEndsWhenNobodyLooks() {
        assertThat(reader.isReading()).isFalse();
        assertThat(made).isEmpty();
        await().until(() -> reader.look().complete());
        assertThat(reader.look().streams())
                .extracting(stream -> stream.account().received())
                .containsExactly(2L);
        nanos.addAndGet(Duration.ofSeconds(9).toNanos());
        reader.look();
        nanos.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(reader.isReading()).isTrue();
        assertThat(made).hasSize(1);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        await().until(() -> !reader.isReading());
        assertThat(made.getFirst().closed()).isTrue();
        assertThat(closedGroups).hasValue(1);
        // And begins anew.
        assertThat(reader.look().streams()).isEmpty();
        await().until(() -> reader.look().complete());
        assertThat(made).hasSize(2);
    }

    @Test
    void aFailure_isToldAndTriedAgain() {
        failures.set(1);
        reader.look();
        await().until(() -> reader.look().problem().contains("no broker"));
        await().until(() -> reader.look().complete());
        assertThat(reader.look().problem()).isEmpty();
    }

    @Test
    void aGroupThatMayNotBeSeen_doesNotHideTheStreams() {
        groupFailure = new KafkaException("not authorized");
        await().until(() -> reader.look().complete());
        assertThat(reader.look().problem()).contains("not authorized");
        assertThat(reader.look().streams()).hasSize(1);
    }

    @Test
    void whatWaits_isAskedOfTheGroup() {
        backlog = new Backlog(Map.of(new TopicPartition("frames", 0), 5L));
        await().until(() -> reader.look().complete());
        assertThat(reader.look().backlog().of("frames", 0)).isEqualTo(5);
    }

    @Test
    void close_endsTheThread_andNoLookBeginsAnother() {
        await().until(() -> reader.look().complete());
        reader.close();
        await().until(() -> !reader.isReading());
        reader.look();
        assertThat(reader.isReading()).isFalse();
        assertThat(Set.copyOf(made)).allMatch(MockConsumer::closed);
    }
}
