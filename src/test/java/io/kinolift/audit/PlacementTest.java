package io.kinolift.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.wire.AccountRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final String TOPIC = "frames";

    private static AccountBook.Entry entry(
            String topic, String id, long session, int partition, long age, boolean ended) {
        AccountRecord account =
                new AccountRecord(id, session, topic, partition, 0, ended, 9, 9, 0, Map.of(), 0, 0, 18, Map.of());
        return new AccountBook.Entry(account, NOW - age, 30);
    }

    private static AccountBook.Entry open(String id, int partition) {
        return entry(TOPIC, id, 1, partition, 1000, false);
    }

    private static Placement of(AccountBook.Entry... accounts) {
        return new Placement(List.of(accounts), NOW);
    }

    private static int hash(String id, int size) {
        return BuiltInPartitioner.partitionForKey(id.getBytes(StandardCharsets.UTF_8), size);
    }

    @Test
    void newStreams_areOnPartitionsOfTheirOwn_whateverTheirNames() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Placement placement = of();
            TreeSet<Integer> partitions = new TreeSet<>();
            for (int camera = 0; camera < 6; camera++) {
                partitions.add(placement.place(TOPIC, "camera-" + random.nextInt(1_000_000), 8));
            }
            assertThat(partitions).as("seed " + seed).hasSize(6).allMatch(partition -> partition < 8);
        }
    }

    /** The application read one topic, and reads several now; or the other way round. */
    @Test
    void theNewerOfTwoAccounts_isTheStreams() {
        AccountBook.Entry alone = entry(TOPIC, "a", 1, 3, 5000, false);
        AccountBook.Entry amongOthers = entry(TOPIC, TOPIC + "/a", 2, 5, 1000, false);
        assertThat(of(alone, amongOthers).place(TOPIC, "a", 8)).isEqualTo(5);
        AccountBook.Entry newer = entry(TOPIC, "a", 3, 6, 10, false);
        assertThat(of(newer, amongOthers).place(TOPIC, "a", 8)).isEqualTo(6);
    }

    @Test
    void manyStreams_differByOneAtMost() {
        Placement placement = of();
        int[] counts = new int[7];
        for (int camera = 0; camera < 100; camera++) {
            counts[placement.place(TOPIC, "camera-" + camera, 7)]++;
        }
        assertThat(IntStream.of(counts).max().getAsInt()
                        - IntStream.of(counts).min().getAsInt())
                .isEqualTo(1);
    }

    @Test
    void aFirstStream_isWhereEveryKafkaClientWouldPutIt() {
        for (int camera = 0; camera < 50; camera++) {
            String id = "camera-" + camera;
            assertThat(of().place(TOPIC, id, 8)).isEqualTo(hash(id, 8));
        }
    }

    @Test
    void aKnownStream_staysWhereItIs_whateverElseIsThere() {
        int elsewhere = (hash("a", 8) + 3) % 8;
        assertThat(of(open("a", elsewhere), open("b", elsewhere), open("c", elsewhere))
                        .place(TOPIC, "a", 8))
                .isEqualTo(elsewhere);
        assertThat(of(entry(TOPIC, "a", 1, elsewhere, 30 * DAY, true)).place(TOPIC, "a", 8))
                .as("ended long ago")
                .isEqualTo(elsewhere);
    }

    @Test
    void theNewestAccount_counts_notTheHighestSession() {
        Placement placement = of(
                entry(TOPIC, "a", 9, 2, 5000, false),
                entry(TOPIC, "a", 3, 5, 1000, false),
                entry(TOPIC, "a", 4, 6, 9000, false));
        assertThat(placement.place(TOPIC, "a", 8)).isEqualTo(5);
        List<Integer> others = new ArrayList<>();
        for (int other = 0; other < 7; other++) {
            others.add(placement.place(TOPIC, "other-" + other, 8));
        }
        assertThat(others)
                .as("its earlier partitions are free")
                .doesNotContain(5)
                .contains(2, 6);
    }

    @Test
    void aPartitionOrTopicThatIsGone_bindsNobody() {
        assertThat(of(open("a", 9)).place(TOPIC, "a", 8)).isEqualTo(hash("a", 8));
        assertThat(of(entry("other", "a", 1, (hash("a", 8) + 1) % 8, 0, false)).place(TOPIC, "a", 8))
                .isEqualTo(hash("a", 8));
    }

    @Test
    void streamsThatEnded_orAreSilentForADay_takeNoRoom() {
        int home = hash("new", 8);
        assertThat(of(entry(TOPIC, "a", 1, home, 1000, true)).place(TOPIC, "new", 8))
                .isEqualTo(home);
        assertThat(of(entry(TOPIC, "a", 1, home, DAY, false)).place(TOPIC, "new", 8))
                .isEqualTo(home);
        assertThat(of(entry(TOPIC, "a", 1, home, DAY - 1, false)).place(TOPIC, "new", 8))
                .isEqualTo((home + 1) % 8);
    }

    @Test
    void whatOthersChose_countsToo() {
        int home = hash("new", 8);
        Placement placement = of();
        placement.put(TOPIC, "a", home);
        placement.put(TOPIC, "b", (home + 1) % 8);
        assertThat(placement.place(TOPIC, "new", 8)).isEqualTo((home + 2) % 8);
    }

    @Test
    void onlyAnOpenStream_isOpen() {
        assertThat(of(open("a", 3)).open(TOPIC, "a", 8)).hasValue(3);
        assertThat(of(entry(TOPIC, "a", 1, 3, 0, true)).open(TOPIC, "a", 8)).isEmpty();
        assertThat(of().open(TOPIC, "a", 8)).isEmpty();
    }

    /** The application puts the topic before the id if it reads several. */
    @Test
    void amongSeveralTopics_aStreamIsFoundByItsKey() {
        int elsewhere = (hash("a", 8) + 3) % 8;
        Placement placement = of(open(TOPIC + "/a", elsewhere));
        assertThat(placement.place(TOPIC, "a", 8)).isEqualTo(elsewhere);
        for (int other = 0; other < 7; other++) {
            assertThat(placement.place(TOPIC, "other-" + other, 8)).isNotEqualTo(elsewhere);
        }
    }
}
