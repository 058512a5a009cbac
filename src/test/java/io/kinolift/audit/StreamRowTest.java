package io.kinolift.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.runtime.topics.Backlog;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.StreamActivity;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StreamRowTest {
    private static final long NOW = 1_000_000;
    private static final Backlog FIVE = new Backlog(Map.of(new TopicPartition("frames", 0), 5L));

    private static AccountBook.Entry entry(String id, long age, boolean ended, long held) {
        AccountRecord account =
                new AccountRecord(id, 1, "frames", 0, 0, ended, 9 + held, 9, 0, Map.of(), held, 0, 18, Map.of());
        return new AccountBook.Entry(account, NOW - age, 30);
    }

    private static StreamRow row(Backlog backlog, AccountBook.Entry... entries) {
        return StreamRow.of(List.of(entries), backlog, NOW).getFirst();
    }

    @Test
    void aStreamWhoseRecordsWait_isBehind_whateverItHolds() {
        assertThat(row(FIVE, entry("a", 20_000, false, 0)).state()).isEqualTo(StreamActivity.BEHIND);
        StreamRow row = row(FIVE, entry("a", 20_000, false, 3));
        assertThat(row.state()).isEqualTo(StreamActivity.BEHIND);
        assertThat(row.unread()).isEqualTo(5);
        assertThat(row.behindMillis()).isEqualTo(20_000);
        assertThat(row.framesPerSecond()).isEqualTo(30);
    }

    @Test
    void ifNothingWaits_itIsIdleOrRests() {
        assertThat(row(Backlog.NONE, entry("a", 20_000, false, 3)).state()).isEqualTo(StreamActivity.IDLE);
        StreamRow row = row(Backlog.NONE, entry("a", 20_000, false, 0));
        assertThat(row.state()).isEqualTo(StreamActivity.RESTING);
        assertThat(row.framesPerSecond()).isZero();
    }

    @Test
    void aLiveStream_showsThatItsPartitionIsNotLate() {
        assertThat(row(FIVE, entry("a", 20_000, false, 0), entry("b", 9_000, false, 0))
                        .state())
                .isEqualTo(StreamActivity.RESTING);
        assertThat(row(FIVE, entry("a", 9_000, false, 0)).state()).isEqualTo(StreamActivity.LIVE);
    }

    @Test
    void aStreamThatHasEnded_isNotBehind() {
        assertThat(row(FIVE, entry("a", 20_000, true, 0)).state()).isEqualTo(StreamActivity.ENDED);
    }
}
