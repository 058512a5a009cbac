package io.kinolift.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.runtime.StreamsProperties;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Values that do not go together are corrected if they are our own defaults, and refused if somebody chose them. */
class StartCheckTest {
    private static final long MIB = 1 << 20;
    private static final StartCheck.Facts ROOMY = new StartCheck.Facts(
            (int) (32 * MIB),
            1000,
            10,
            8192 * MIB,
            32_768 * MIB,
            2048 * MIB,
            256 * MIB,
            (int) (32 * MIB),
            1,
            Integer.MAX_VALUE,
            900_000);

    private final Properties properties = new Properties();

    private StartCheck check(StartCheck.Facts facts, String... chosen) {
        Map<String, String> client = new HashMap<>(Map.of("bootstrap.servers", "unused:0"));
        for (int i = 0; i < chosen.length; i += 2) {
            client.put(chosen[i], chosen[i + 1]);
        }
        properties.clear();
        properties.putAll(StreamsProperties.of(client, Path.of("state"), facts.maxRecordBytes(), facts.rowBytes()));
        return new StartCheck(facts, client.keySet(), properties).run();
    }

    private static StartCheck.Facts facts(
            int maxFrameMib, long worstMillis, long heapMib, long physicalMib, int tasks, int changelogBytes) {
        return new StartCheck.Facts(
                (int) (maxFrameMib * MIB),
                worstMillis,
                10,
                heapMib * MIB,
                physicalMib * MIB,
                2048 * MIB,
                256 * MIB,
                (int) (4 * MIB),
                tasks,
                changelogBytes,
                900_000);
    }

    @Test
    void aRoomyMachine_needsNothing() {
        StartCheck check = check(ROOMY);
        assertThat(check.refusals()).isEmpty();
        assertThat(check.corrections()).isEmpty();
    }

    @Test
    void aProducerThatCannotSendAWholeRow_isRefused() {
        assertThat(check(ROOMY, "max.request.size", "1000000").refusals())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("max.request.size=1000000")
                .endsWith("set it to 33619968");
    }

    @Test
    void aSmallHeap_takesFewerRecordsAtOnce() {
        assertThat(check(facts(32, 10, 1024, 32_768, 1, Integer.MAX_VALUE)).refusals())
                .isEmpty();
        assertThat(properties.get("consumer.max.poll.records")).isEqualTo(8);
        assertThat(properties.get("buffered.records.per.partition")).isEqualTo(8);
    }

    @Test
    void aSmallHeapAndAChosenNumber_isRefusedByThatName() {
        StartCheck check = check(facts(32, 10, 1024, 32_768, 1, Integer.MAX_VALUE), "max.poll.records", "20");
        assertThat(check.refusals())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("max.poll.records=20")
                .endsWith("set it to 8");
        assertThat(properties.get("max.poll.records")).isEqualTo("20");
    }

    @Test
    void aHeapThatOneWindowMayFill_isRefused() {
        assertThat(check(facts(64, 10, 512, 32_768, 1, Integer.MAX_VALUE)).refusals())
                .hasSize(1)
                .first()
                .asString()
                .contains("kinolift.max.frame.bytes", "kinolift.window.size", "-Xmx");
    }

    @Test
    void aMachineWithTooLittleMemoryForAllTasks_isRefused() {
        assertThat(check(facts(1, 10, 4096, 16_384, 64, Integer.MAX_VALUE)).refusals())
                .hasSize(1)
                .first()
                .asString()
                .contains("kinolift.picture.cache.bytes", "64 tasks");
    }

    @Test
    void slowWindows_getLongerTransactionsAndPolls() {
        StartCheck check = check(facts(1, 30_000, 8192, 32_768, 2, Integer.MAX_VALUE));
        assertThat(check.refusals()).isEmpty();
        assertThat(check.corrections())
                .hasSize(2)
                .allMatch(line -> line.contains(": a window of the largest pictures that kinolift.max.frame.pixels and"
                        + " kinolift.max.output.pixels allow would take 30000 ms on this machine"));
        assertThat(properties.get("producer.transaction.timeout.ms")).isEqualTo(100 + 3 * 30_000 * 2 + 1);
        assertThat(properties.get("consumer.max.poll.interval.ms")).isEqualTo(30_000 * 32 + 1);
    }

    @Test
    void windowsSlowerThanTheBrokerAllows_areWarnedOf() {
        StartCheck check = check(facts(1, 200_000, 8192, 32_768, 2, Integer.MAX_VALUE));
        assertThat(check.refusals()).isEmpty();
        assertThat(check.warnings())
                .hasSize(1)
                .first()
                .asString()
                .contains("kinolift.max.frame.pixels", "transaction.max.timeout.ms");
        assertThat(properties.get("producer.transaction.timeout.ms")).isEqualTo(900_000);
    }

    @Test
    void aTransactionTimeoutThatSomebodyChoseTooShort_isRefused() {
        assertThat(check(ROOMY, "producer.transaction.timeout.ms", "2000").refusals())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("producer.transaction.timeout.ms=2000")
                .endsWith("set it to 3101");
    }

    @Test
    void aChangelogMadeForSmallerFrames_isRefused() {
        assertThat(check(facts(2, 10, 8192, 32_768, 1, 1 << 20)).refusals())
                .hasSize(1)
                .first()
                .asString()
                .contains("...-windows-changelog", "kinolift.max.frame.bytes");
    }

    @Test
    void aSettingWithoutPrefix_isNotHiddenByOurDefault() {
        check(ROOMY, "linger.ms", "5", "max.poll.records", "4");
        assertThat(properties)
                .containsEntry("linger.ms", "5")
                .containsEntry("max.poll.records", "4")
                .doesNotContainKeys("producer.linger.ms", "consumer.max.poll.records");
    }
}
