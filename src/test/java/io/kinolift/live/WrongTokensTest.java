package io.kinolift.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.live.WrongTokens.Verdict;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WrongTokensTest {
    private final AtomicLong nanos = new AtomicLong();
    private final WrongTokens tokens = new WrongTokens(nanos::get);

    private void guess(String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(tokens.judge(address, () -> false)).isEqualTo(Verdict.WRONG);
        }
    }

    @Test
    void afterTenWrongOnes_noneIsCompared_untilAMinuteIsOver() {
        guess("10.0.0.1", WrongTokens.MAX);
        assertThat(tokens.judge("10.0.0.1", () -> {
                    throw new AssertionError("compared");
                }))
                .isEqualTo(Verdict.TOO_MANY);
        nanos.addAndGet(WrongTokens.PERIOD.toNanos() + 1);
        assertThat(tokens.judge("10.0.0.1", () -> true)).isEqualTo(Verdict.RIGHT);
        guess("10.0.0.1", WrongTokens.MAX);
    }

    @Test
    void othersAreNotKeptOut_andRightOnesDoNotCount() {
        guess("10.0.0.1", WrongTokens.MAX);
        for (int i = 0; i < 100; i++) {
            assertThat(tokens.judge("10.0.0.2", () -> true)).isEqualTo(Verdict.RIGHT);
        }
        guess("10.0.0.2", WrongTokens.MAX);
    }

    @Test
    void anIpv6NetworkCountsAsOne() {
        guess("2001:db8:0:1::1", WrongTokens.MAX);
        assertThat(tokens.judge("2001:db8:0:1:ffff::2", () -> true)).isEqualTo(Verdict.TOO_MANY);
        assertThat(tokens.judge("2001:db8:0:2::1", () -> true)).isEqualTo(Verdict.RIGHT);
    }
}
