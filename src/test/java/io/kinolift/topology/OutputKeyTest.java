package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class OutputKeyTest {
    @Test
    void aKeyOfItsOwn_leavesTheChoiceToTheProducer() {
        assertThat(OutputKey.partitions("t", OutputKey.of(new byte[] {1}), null, 4))
                .isEmpty();
        assertThat(OutputKey.partitions("t", OutputKey.of(null), null, 4)).isEmpty();
    }

    /** Also on a topic with fewer partitions than the input has. */
    @Test
    void thePartitionOfTheInput_isThatOfTheOutput() {
        OutputKey key = new OutputKey(new byte[] {1}, 5);
        assertThat(OutputKey.partitions("t", key, null, 8)).contains(Set.of(5));
        assertThat(OutputKey.partitions("t", key, null, 4)).contains(Set.of(1));
    }
}
