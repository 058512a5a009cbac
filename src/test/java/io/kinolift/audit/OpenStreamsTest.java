package io.kinolift.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.wire.AccountRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenStreamsTest {
    private static final long NOW = 1_800_000_000_000L;

    private final List<AccountBook.Entry> accounts = new ArrayList<>();

    private void add(String topic, int partition, int streams, boolean ended) {
        for (int stream = 0; stream < streams; stream++) {
            AccountRecord account = new AccountRecord(
                    "s" + accounts.size(), 1, topic, partition, 0, ended, 9, 9, 0, Map.of(), 0, 0, 18, Map.of());
            accounts.add(new AccountBook.Entry(account, NOW - 1000, 30));
        }
    }

    private String line(int size) {
        return OpenStreams.of(accounts, NOW).spread("frames", size).orElse(null);
    }

    @Test
    void theFullestPartitionsAreNamed() {
        add("frames", 6, 1, false);
        add("frames", 3, 5, false);
        add("frames", 1, 4, true);
        add("other", 0, 7, false);
        assertThat(line(8))
                .isEqualTo("6 open streams on 2 of 8 partitions of frames: 5 on partition 3, 1 on partition 6");
    }

    @Test
    void theLineIsShort_howeverManyPartitionsThereAre() {
        for (int partition = 0; partition < 1000; partition++) {
            add("frames", partition, partition == 700 ? 4 : partition == 40 ? 3 : 1, false);
        }
        assertThat(line(1000))
                .isEqualTo(
                        "1005 open streams on 1000 of 1000 partitions of frames: 4 on partition 700, 3 on partition 40,"
                                + " 1 on partition 0, 997 on 997 more");
    }

    @Test
    void keysWithBadRecordsAlone_areNoStreams() {
        AccountRecord bad = new AccountRecord("", 1, "frames", 5, 0, false, 9, 0, 9, Map.of(), 0, 0, 0, Map.of());
        accounts.add(new AccountBook.Entry(bad, NOW - 1000, 30));
        add("frames", 2, 1, false);
        assertThat(line(8)).isEqualTo("1 open stream on 1 of 8 partitions of frames: 1 on partition 2");
    }

    @Test
    void oneStream_isOne() {
        add("frames", 2, 1, false);
        assertThat(line(8)).isEqualTo("1 open stream on 1 of 8 partitions of frames: 1 on partition 2");
    }

    @Test
    void whereNothingCanBeUneven_nothingIsSaid() {
        add("frames", 0, 3, true);
        assertThat(line(8)).as("no open stream").isNull();
        add("frames", 9, 3, false);
        assertThat(line(8)).as("on a partition that is gone").isNull();
        add("frames", 0, 3, false);
        assertThat(line(1)).as("one partition").isNull();
    }
}
