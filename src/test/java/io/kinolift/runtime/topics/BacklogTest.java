package io.kinolift.runtime.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final TopicPartition A = new TopicPartition("frames", 0);
    private static final TopicPartition B = new TopicPartition("frames", 1);

    @Test
    void unreadRecords_areThoseFromTheNextOn_thatAreLeft() {
        assertThat(Backlog.of(Map.of(A, 40L, B, 7L), Map.of(A, 0L, B, 0L), Map.of(A, 100L, B, 7L))
                        .unread())
                .containsExactly(Map.entry(A, 60L));
        assertThat(Backlog.of(Map.of(A, 40L), Map.of(A, 90L), Map.of(A, 100L)).of("frames", 0))
                .isEqualTo(10);
        assertThat(Backlog.of(Map.of(A, 40L), Map.of(A, 100L), Map.of(A, 100L)).unread())
                .isEmpty();
    }

    @Test
    void aPartitionThatIsGone_orWasMadeAnew_hasNone() {
        assertThat(Backlog.of(Map.of(A, 40L, B, 40L), Map.of(B, 0L), Map.of(B, 3L))
                        .unread())
                .isEmpty();
    }

    @Test
    void partitions_canBeLeftOut() {
        Backlog both = new Backlog(Map.of(A, 1L, B, 2L));
        assertThat(both.without(Set.of(A)).unread()).containsExactly(Map.entry(B, 2L));
        assertThat(both.of("frames", 1)).isEqualTo(2);
        assertThat(both.of("other", 1)).isZero();
    }
}
