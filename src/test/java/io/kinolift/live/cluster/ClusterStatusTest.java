package io.kinolift.live.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.runtime.topics.Backlog;
import io.kinolift.wire.AccountRecord;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ClusterStatusTest {
    private static final long NOW = 1_000_000;

    private static KnownStream stream(String id, int partition, long age) {
        AccountRecord account =
                new AccountRecord(id, 1, "frames", partition, 0, false, 9, 9, 0, Map.of(), 0, 0, 18, Map.of());
        return new KnownStream(account, NOW - age, 30);
    }

    private static List<String> states(Backlog backlog, KnownStream... streams) {
        ClusterReader.Seen seen = new ClusterReader.Seen(List.of(streams), List.of(), backlog, true, "", false);
        return ClusterStatus.of(seen, List.of(), NOW).streams().stream()
                .map(line -> line.stream() + " " + line.state())
                .toList();
    }

    @Test
    void aStreamWhoseRecordsWait_isBehind_andComesBeforeThoseThatRest() {
        Backlog backlog = new Backlog(Map.of(new TopicPartition("frames", 1), 5L));
        assertThat(states(backlog, stream("rests", 0, 50_000), stream("waits", 1, 60_000), stream("runs", 2, 1000)))
                .containsExactly("runs LIVE", "waits BEHIND", "rests RESTING");
    }

    @Test
    void besideALiveStream_whatWaitsHasJustBeenSent() {
        Backlog backlog = new Backlog(Map.of(new TopicPartition("frames", 1), 5L));
        assertThat(states(backlog, stream("rests", 1, 60_000), stream("runs", 1, 1000)))
                .containsExactly("runs LIVE", "rests RESTING");
    }
}
