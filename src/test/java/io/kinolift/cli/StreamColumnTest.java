package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.audit.StreamRow;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.StreamActivity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamColumnTest {
    private static StreamFacts facts(StreamActivity state, long behindMillis) {
        AccountRecord account =
                new AccountRecord("gate", 1, "frames", 0, 9, false, 9, 9, 0, Map.of(), 0, 0, 18, Map.of());
        double rate = state.comes() ? 25 : 0;
        return new StreamFacts(new StreamRow(account, state, 40, behindMillis, rate, List.of()), null, null);
    }

    @Test
    void aStreamThatIsBehind_saysSo_andByHowMuch() {
        StreamFacts facts = facts(StreamActivity.BEHIND, 45_230);
        assertThat(StreamColumn.cells(facts)).contains("behind", "25.0", "45.2 s");
        assertThat(StreamColumn.fields(facts))
                .containsEntry("state", "behind")
                .containsEntry("unread", 40L)
                .containsEntry("behindMillis", 45_230L);
    }

    @Test
    void aLiveStream_hasMilliseconds_andOneThatRestsHasNone() {
        assertThat(StreamColumn.cells(facts(StreamActivity.LIVE, 450))).contains("live", "25.0", "450 ms");
        assertThat(StreamColumn.cells(facts(StreamActivity.RESTING, 45_230)))
                .contains("resting")
                .noneMatch(cell -> cell.endsWith(" s"));
    }
}
