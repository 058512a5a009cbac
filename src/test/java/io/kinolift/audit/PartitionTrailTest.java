package io.kinolift.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionTrailTest {
    private final PartitionTrail trail = new PartitionTrail();

    @Test
    void aSessionThatMovedOnce_isInOrder() {
        for (int sequence = 0; sequence < 10; sequence++) {
            trail.frame(0, sequence < 6 ? 1 : 4, sequence);
        }
        assertThat(trail.isOrdered()).isTrue();
        assertThat(trail.moves())
                .extracting(PartitionTrail.Move::toString)
                .containsExactly("session 0: went from partition 1 (up to frame 5) to partition 4 (from frame 6)");
    }

    @Test
    void eachSessionInAPartitionOfItsOwn_isNoMove() {
        trail.frame(0, 1, 0);
        trail.frame(1, 4, 0);
        assertThat(trail.isOrdered()).isTrue();
        assertThat(trail.moves()).isEmpty();
    }

    @Test
    void aSessionThatCameBack_isNotInOrder() {
        trail.frame(0, 1, 0);
        trail.frame(0, 4, 1);
        trail.frame(0, 1, 2);
        assertThat(trail.isOrdered()).isFalse();
    }

    @Test
    void aStrayRecord_isNotInOrder() {
        trail.frame(0, 1, 0);
        trail.unreadable(1);
        assertThat(trail.isOrdered()).isTrue();
        trail.unreadable(4);
        assertThat(trail.isOrdered()).isFalse();
    }
}
