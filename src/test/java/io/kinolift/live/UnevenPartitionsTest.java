package io.kinolift.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnevenPartitionsTest {
    @Test
    void aDifferenceOfTwo_isSaid() {
        assertThat(UnevenPartitions.line(List.of(0, 1, 2, 3), Map.of(1, 2, 2, 2, 3, 1)))
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith("open streams are uneven here: 2 on partition 1, 0 on partition 0.")
                        .contains("ingest --partition"));
    }

    @Test
    void aSmallerDifference_doesNotMatter() {
        assertThat(UnevenPartitions.line(List.of(0, 1, 2), Map.of(0, 3, 1, 2, 2, 2)))
                .isEmpty();
        assertThat(UnevenPartitions.line(List.of(0, 1), Map.of())).isEmpty();
    }

    @Test
    void partitionsOfOtherInstances_doNotCount() {
        assertThat(UnevenPartitions.line(List.of(0, 1), Map.of(0, 1, 1, 1, 7, 9)))
                .isEmpty();
        assertThat(UnevenPartitions.line(List.of(7), Map.of(7, 9))).isEmpty();
        assertThat(UnevenPartitions.line(List.of(), Map.of(7, 9))).isEmpty();
    }
}
