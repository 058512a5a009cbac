package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.wire.FrameRecords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamReaderTest {
    private static final TopicPartition PARTITION = new TopicPartition("frames", 0);

    /** Each poll brings one more record of a session. */
    private static final class Live extends MockConsumer<byte[], byte[]> {
        private final long session;
        private long sequence;

        Live(long session) {
            super("earliest");
            this.session = session;
            updatePartitions("frames", List.of(new PartitionInfo("frames", 0, null, null, null)));
            updateBeginningOffsets(Map.of(PARTITION, 0L));
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            addRecord(new ConsumerRecord<>(
                    PARTITION.topic(),
                    PARTITION.partition(),
                    sequence,
                    "s".getBytes(StandardCharsets.UTF_8),
                    FrameRecords.writeEnd("s", session, sequence, null)));
            sequence++;
            return super.poll(timeout);
        }
    }

    private static StreamReader open(Live topic, Long session) {
        GrabberSettings settings = new GrabberSettings("frames", session, false, false, null, Map.of());
        return StreamReader.open(topic, "s", settings, Duration.ofSeconds(1));
    }

    @Test
    void recordsOfAnotherSession_doNotProlongTheWait() {
        try (StreamReader reader = open(new Live(6), 5L)) {
            assertThat(reader.next(Duration.ofMillis(200))).isNull();
        }
    }

    @Test
    void recordsOfTheSession_come() {
        try (StreamReader reader = open(new Live(6), 6L)) {
            assertThat(reader.next(Duration.ofSeconds(5))).isEqualTo(new StreamReader.End(0, null));
        }
    }
}
