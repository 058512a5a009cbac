package io.kinolift.live.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.wire.AccountRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class AccountTableTest {
    private final AccountTable table = new AccountTable(10);

    static ConsumerRecord<byte[], byte[]> record(
            String stream, long session, int partition, long millis, long received) {
        AccountRecord account = new AccountRecord(
                stream, session, "frames", partition, 0, false, received, received, 0, Map.of(), 0, 0, received,
                Map.of());
        return record(stream + "/" + session + "/" + partition, millis, account.write());
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, long millis, byte[] value) {
        return new ConsumerRecord<>(
                "accounts",
                0,
                0,
                millis,
                TimestampType.CREATE_TIME,
                0,
                0,
                key.getBytes(StandardCharsets.UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private KnownStream only() {
        List<KnownStream> streams = table.streams();
        assertThat(streams).hasSize(1);
        return streams.getFirst();
    }

    @Test
    void theNewestSession_isKept_inWhateverOrderTheyCome() {
        table.add(record("a", 7, 0, 2000, 5));
        table.add(record("a", 3, 0, 9000, 50));
        assertThat(only().account().session()).isEqualTo(7);
        table.add(record("a", 8, 0, 1000, 1));
        assertThat(only().account().session()).isEqualTo(8);
    }

    @Test
    void ofOneSessionOnTwoPartitions_theOneWithNewerFramesIsKept() {
        table.add(record("a", 1, 0, 2000, 5));
        table.add(record("a", 1, 1, 1000, 50));
        assertThat(only().account().partition()).isZero();
        table.add(record("a", 1, 1, 3000, 60));
        assertThat(only().account().partition()).isEqualTo(1);
    }

    @Test
    void aForgottenStream_isGone_butNotByTheEndOfAnOldSession() {
        table.add(record("a/b", 2, 0, 1000, 5));
        table.add(record("a/b/1/0", 1000, null));
        assertThat(table.streams()).hasSize(1);
        table.add(record("a/b/2/0", 1000, null));
        assertThat(table.streams()).isEmpty();
    }

    @Test
    void theRate_isOverTheLastSeconds() {
        for (int second = 0; second <= 10; second++) {
            table.add(record("a", 1, 0, second * 1000L, second < 5 ? 0 : (second - 5) * 25L));
        }
        assertThat(only().framesPerSecond()).isEqualTo(25);
    }

    @Test
    void thereIsABound_andTheStreamsWithOldestFramesGo() {
        for (int i = 0; i < 100; i++) {
            table.add(record("s" + i, 1, 0, 1000 + i, 1));
        }
        assertThat(table.streams().size()).isBetween(10, 11);
        assertThat(table.streams()).allMatch(stream -> stream.millis() >= 1089);
        assertThat(table.forgot()).isTrue();
    }

    @Test
    void whatIsNoAccount_isLeftOut() {
        table.add(record("a/1/0", 1000, new byte[] {1, 2, 3}));
        assertThat(table.streams()).isEmpty();
    }
}
