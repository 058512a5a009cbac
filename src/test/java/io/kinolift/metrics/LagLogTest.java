package io.kinolift.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A stream of 30 frames per second that is read at some speed, from period to period. */
class LagLogTest {
    private static final long PERIOD_MILLIS = LagLog.PERIOD.toMillis();

    private final Logger logger = (Logger) LoggerFactory.getLogger(LagLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final LagLog log = new LagLog();
    private double millis;
    private double lagMillis = 300;
    private double received;

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

    /** @param speed 1 for real time */
    private void periods(int number, double speed) {
        for (int i = 0; i < number; i++) {
            millis += PERIOD_MILLIS;
            lagMillis = Math.max(300, lagMillis + PERIOD_MILLIS * (1 - speed));
            received += 30 * PERIOD_MILLIS / 1e3 * speed;
            tell(false, false);
        }
    }

    private void tell(boolean ended, boolean nothingWaits) {
        log.tell(
                List.of(new LagLog.Reading(
                        "gate", Math.round(1e6 * millis), Math.round(received), Math.round(lagMillis), ended)),
                nothingWaits);
    }

    @Test
    void aStreamThatIsReadTooSlowly_isToldOnce_andThatItHasCaughtUp() {
        periods(2, 1);
        periods(2, 0.4);
        assertThat(said()).isEmpty();
        periods(20, 0.4);
        assertThat(said())
                .containsExactly(
                        "stream gate falls behind: 30.0 frames per second come in, and 12.0 are upscaled; it is"
                                + " 18 s late. What helps is in src/doc/operations.md, \"Streams that fall behind\"");
        assertThat(lines.list.getFirst().getMDCPropertyMap()).isEqualTo(Map.of("stream", "gate"));
        periods(10, 1);
        periods(2, 0.9);
        assertThat(said()).hasSize(1);
        periods(20, 3);
        assertThat(said()).hasSize(2).last().isEqualTo("stream gate has caught up");
        periods(5, 0.5);
        assertThat(said()).hasSize(3);
    }

    @Test
    void aStreamInTime_andOneThatIsAlmost_isNotToldOf() {
        periods(20, 1);
        periods(20, 0.99);
        assertThat(said()).isEmpty();
    }

    @Test
    void aBacklogThatIsWorkedOff_isNoSpell() {
        lagMillis = 600_000;
        periods(20, 4);
        assertThat(said()).isEmpty();
    }

    @Test
    void aPause_isNoSpell() {
        periods(5, 1);
        for (int i = 0; i < 10; i++) {
            millis += PERIOD_MILLIS;
            log.tell(List.of(new LagLog.Reading("gate", 0, Math.round(received), Math.round(lagMillis), false)), false);
        }
        lagMillis += 10 * PERIOD_MILLIS;
        periods(10, 2);
        assertThat(said()).isEmpty();
    }

    @Test
    void aProducerThatStops_leavesNothingBehind() {
        periods(5, 0.5);
        tell(false, false);
        assertThat(said()).hasSize(1);
        tell(false, true);
        tell(false, true);
        assertThat(said()).hasSize(2).last().isEqualTo("stream gate has caught up");
    }

    @Test
    void theEnd_isCaughtUpWith_howeverLate() {
        periods(5, 0.5);
        tell(true, false);
        tell(true, false);
        assertThat(said()).hasSize(2).last().isEqualTo("stream gate has caught up");
    }

    @Test
    void aStreamThatIsGone_isForgotten() {
        periods(5, 0.5);
        log.tell(List.of(), true);
        periods(5, 0.5);
        assertThat(said()).hasSize(2).allMatch(line -> line.contains("falls behind"));
    }
}
