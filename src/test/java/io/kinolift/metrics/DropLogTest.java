package io.kinolift.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kinolift.window.DropPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DropLogTest {
    private static final long SECOND = 1_000_000_000L;

    private final Logger logger = (Logger) LoggerFactory.getLogger(DropLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final DropLog drops = new DropLog();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void hearNoMore() {
        logger.detachAppender(lines);
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aMinuteOfDrops_isALineAtOnceAndOneInThirtySeconds_andEveryDropIsInOne() {
        for (int second = 0; second < 60; second++) {
            for (int frame = 0; frame < 25; frame++) {
                drops.dropped("gate", 7, DropPolicy.DUPLICATE, second * SECOND);
            }
            drops.tell(second * SECOND, false);
        }
        drops.tell(90 * SECOND, false);
        assertThat(said())
                .extracting(line -> line.substring(0, line.indexOf(" (DUPLICATE): sequences that had come before")))
                .containsExactly(
                        "stream gate: 25 frames dropped",
                        "stream gate: 750 frames dropped",
                        "stream gate: 725 frames dropped");
        assertThat(lines.list).allMatch(line -> line.getMDCPropertyMap().equals(Map.of("stream", "gate")));
    }

    @Test
    void everyStreamAndPolicy_hasItsOwnLine() {
        for (DropPolicy policy : DropPolicy.values()) {
            drops.dropped("gate", 7, policy, 0);
            drops.dropped("yard", 7, policy, 0);
        }
        drops.tell(SECOND, false);
        assertThat(said()).hasSize(2 * DropPolicy.values().length).allMatch(line -> line.contains("1 frame dropped ("));
    }

    @Test
    void theEnd_tellsWhatIsLeft() {
        drops.dropped("gate", 7, DropPolicy.LATE, 0);
        drops.tell(SECOND, false);
        drops.dropped("gate", 7, DropPolicy.LATE, 2 * SECOND);
        drops.tell(2 * SECOND, false);
        assertThat(said()).hasSize(1);
        drops.tell(2 * SECOND, true);
        assertThat(said()).hasSize(2);
    }

    @Test
    void drops_thatBeginAgainAfterAWhile_areToldAtOnce() {
        drops.dropped("gate", 7, DropPolicy.LATE, 0);
        drops.tell(0, false);
        drops.tell(100 * SECOND, false);
        drops.dropped("gate", 7, DropPolicy.LATE, 200 * SECOND);
        drops.tell(200 * SECOND, false);
        assertThat(said()).hasSize(2);
    }
}
