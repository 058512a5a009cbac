package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.Totals;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndMetadataTest {
    private final Map<String, String> metadata = new HashMap<>();

    @Test
    void theCountsOfAnEnd() {
        EndMetadata.put(metadata, new StreamReader.End(18, totals(Map.of("late", 4L))));
        assertThat(metadata)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "frames", "18",
                        "received", "9",
                        "upscaled", "8",
                        "deadLettered", "1",
                        "held", "2",
                        "filled", "3",
                        "emitted", "16",
                        "dropped.late", "4"));
    }

    @Test
    void nothingOfAnEarlierSession_stays() {
        EndMetadata.put(metadata, new StreamReader.End(18, totals(Map.of("late", 4L))));
        EndMetadata.put(metadata, new StreamReader.End(2, null));
        assertThat(metadata).containsExactly(Map.entry("frames", "2"));
    }

    private static Totals totals(Map<String, Long> dropped) {
        return Totals.newBuilder()
                .setReceived(9)
                .setUpscaled(8)
                .setDeadLettered(1)
                .setHeld(2)
                .setFilled(3)
                .setEmitted(16)
                .setDropped(dropped)
                .build();
    }
}
