package io.kinolift.live.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoStreamTest {
    @Test
    void theText_saysWhatWasFound_andWhatThereIs() {
        assertThat(NoStream.text("camrea-7", List.of("yard", "camera-7")))
                .isEqualTo(
                        "expected a stream that this process has read since its start, found \"camrea-7\"; it has read"
                                + " \"camera-7\", \"yard\"");
        assertThat(NoStream.text("a", List.of())).endsWith("found \"a\"; it has read none yet");
    }

    @Test
    void theText_isBounded_andMovesNoCursor() {
        List<String> many = IntStream.range(0, 1000)
                .mapToObj(i -> "s" + i + "x".repeat(500))
                .toList();
        assertThat(NoStream.text("\u001b[2J" + "y".repeat(8000), many))
                .contains("found \"\\u001b[2Jyyy", "...\"; it has read \"s0xxx")
                .endsWith(" and 990 more")
                .hasSizeLessThan(1200);
        assertThat(NoStream.quoted("z".repeat(79) + "\ud83c\udfa5!")).isEqualTo("\"" + "z".repeat(79) + "...\"");
    }
}
