package io.kinolift.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomTest {
    private static final long LEAST = 100;

    @ParameterizedTest
    @CsvSource({
        "ENOUGH, 200, ENOUGH",
        "ENOUGH, 199, LOW",
        "ENOUGH, 100, LOW",
        "ENOUGH,  99, NONE",
        "LOW,    250, ENOUGH",
        "LOW,    249, LOW",
        "LOW,    100, LOW",
        "LOW,     99, NONE",
        "NONE,   149, NONE",
        "NONE,   150, LOW",
        "NONE,   249, LOW",
        "NONE,   250, ENOUGH",
    })
    void theWayBackNeedsMoreRoom(Room before, long freeBytes, Room after) {
        assertThat(before.next(freeBytes, LEAST)).isEqualTo(after);
    }

    /** Work that goes on writes at once what it could not write before: 10 of 100 bytes, here. */
    @Test
    void aFewBytesToAndFroChangeNothing() {
        List<Room> seen = new ArrayList<>(List.of(Room.ENOUGH));
        for (long free :
                new long[] {205, 195, 205, 195, 105, 95, 105, 95, 140, 155, 145, 155, 195, 205, 245, 255, 245}) {
            Room next = seen.getLast().next(free, LEAST);
            if (next != seen.getLast()) {
                seen.add(next);
            }
        }
        assertThat(seen).containsExactly(Room.ENOUGH, Room.LOW, Room.NONE, Room.LOW, Room.ENOUGH);
    }

    @Test
    void withNoLeast_thereIsAlwaysEnough() {
        assertThat(Room.ENOUGH.next(0, 0)).isEqualTo(Room.ENOUGH);
        assertThat(Room.ENOUGH.next(Long.MAX_VALUE, 1L << 60)).isEqualTo(Room.ENOUGH);
        assertThat(Room.ENOUGH.next(0, 1L << 60)).isEqualTo(Room.NONE);
    }
}
