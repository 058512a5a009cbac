package io.kinolift.topology;

import static io.kinolift.topology.TopologyFixture.frame;
import static io.kinolift.topology.TopologyFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.Account;
import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.Totals;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.property.Inputs;
import io.kinolift.property.Property;
import io.kinolift.trace.Probe;
import io.kinolift.trace.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** Every published account, not only the last one, accounts for every frame. */
class AccountsTest {
    private static final Duration SILENCE = Duration.ofSeconds(1);
    /** Outputs of 32x24 do not fit, outputs of 16x16 do. */
    private static final int SMALL_RECORDS = 1_500;

    private static EncodedFrame undecodable(long sequence) {
        return with(frame("a", sequence), frame("a", sequence).format(), new byte[] {1});
    }

    @Test
    void aFrameRejectedWithHalfItsOutputs_isNotHeldAsWell() {
        try (TopologyFixture fixture = new TopologyFixture(SMALL_RECORDS, "idle.timeout.ms", "100")) {
            fixture.send("a", 0, 2);
            // Three outputs are final, the third belongs to a frame that is still held.
            fixture.advance(SILENCE);
            assertThat(fixture.deadLetters())
                    .extracting(DeadLetter::getSequence)
                    .containsExactly(0L, 1L);
            Totals totals = fixture.accounts().getLast().getTotals();
            assertThat(totals.getDeadLettered()).isEqualTo(2);
            assertThat(totals.getHeld()).isZero();
            fixture.send(undecodable(2));
            fixture.end("a", 0, 3);
            assertThat(fixture.deadLetters())
                    .extracting(DeadLetter::getSequence)
                    .containsExactly(2L);
            assertThat(fixture.accounts().getLast().getTotals().getDeadLettered())
                    .isEqualTo(3);
        }
    }

    /** A client that looks for dead letters in the totals of its end record must find them. */
    @Test
    void aRunOfUnusableFrames_isOnItsOwnAccount() {
        try (TopologyFixture fixture = new TopologyFixture("max.frame.pixels", "200")) {
            fixture.send(frame("a", 5, 0, 16, 12));
            fixture.end("a", 5, 1);
            for (int i = 0; i < 3; i++) {
                fixture.send(frame("a", 6, i, 20, 20));
            }
            fixture.end("a", 6, 3);
            VideoFrame end = fixture.output().getLast();
            assertThat(end.getSession()).isEqualTo(6);
            assertThat(end.getTotals().getReceived()).isEqualTo(3);
            assertThat(end.getTotals().getDeadLettered()).isEqualTo(3);
            assertThat(fixture.accounts())
                    .filteredOn(account -> account.getSession() == 5)
                    .last()
                    .satisfies(account ->
                            assertThat(account.getTotals().getReceived()).isEqualTo(1));
        }
    }

    @Test
    void theProbeHearsOfAsManyFramesReceivedAsTheAccountSays() {
        Telemetry<StreamEvent> telemetry = new Telemetry<>();
        List<String> received = new ArrayList<>();
        telemetry.watch(new Probe<>() {
            @Override
            public void received(String streamId) {
                received.add(streamId);
            }
        });
        try (TopologyFixture fixture =
                new TopologyFixture(TopologyFixture.MAX_RECORD_BYTES, telemetry, "max.frame.pixels", "192")) {
            fixture.send("a", 0, 3);
            fixture.send("a", 2, 3);
            fixture.send(frame("a", 0, 3, 16, 16));
            fixture.sendBytes("a", new byte[] {1});
            fixture.send(undecodable(4));
            fixture.end("a", 0, 5);
            fixture.end("a", 0, 5);
            assertThat(fixture.accounts().getLast().getTotals().getReceived()).isEqualTo(7);
            assertThat(received).containsOnly("a").hasSize(7);
        }
    }

    @Test
    void aSessionThatBeginsAgain_rejectsTheSamePlacesAgain() {
        try (TopologyFixture fixture = new TopologyFixture()) {
            for (int run = 1; run <= 2; run++) {
                fixture.send("a", 0, 3);
                fixture.send(undecodable(3));
                fixture.send("a", 4, 6);
                fixture.end("a", 0, 6);
                assertThat(fixture.deadLetters()).hasSize(1);
            }
            fixture.send("a", 0, 6);
            fixture.end("a", 0, 6);
            Totals totals = fixture.accounts().getLast().getTotals();
            assertThat(totals.getReceived()).isEqualTo(18);
            assertThat(totals.getDeadLettered()).isEqualTo(2);
            assertThat(totals.getUpscaled()).isEqualTo(16);
        }
    }

    @Test
    void anExpiredStream_takesItsAccountsWithIt() {
        try (TopologyFixture fixture = new TopologyFixture("stream.retention.ms", "5000")) {
            fixture.send("a", 0, 3);
            fixture.send(frame("a/1", 0));
            fixture.send(frame("a", 1, 0, 16, 12));
            fixture.end("a", 1, 1);
            fixture.advance(Duration.ofSeconds(4));
            assertThat(fixture.accountKeys()).allMatch(account -> account.value);
            fixture.advance(Duration.ofSeconds(4));
            // The stream a/1 has not ended.
            assertThat(fixture.accountKeys())
                    .containsExactly(KeyValue.pair("a/0/0", false), KeyValue.pair("a/1/0", false));
            assertThat(fixture.store(AccountFrames.STORE).get("a/1/0")).isNotNull();
            fixture.end("a/1", 0, 1);
            fixture.advance(Duration.ofSeconds(9));
            assertThat(fixture.accountKeys()).contains(KeyValue.pair("a/1/0/0", false));
            assertEmpty(fixture.store(AccountFrames.STORE));
            assertEmpty(fixture.store(AssembleWindows.STORE));
        }
    }

    @Test
    void aSilentStreamWithoutAnEnd_isEndedByTheTimeoutAlone() {
        try (TopologyFixture fixture =
                new TopologyFixture("stream.end.timeout.ms", "10000", "stream.retention.ms", "5000")) {
            fixture.send("a", 0, 3);
            advance(fixture, 9);
            fixture.send(frame("a", 4));
            advance(fixture, 9);
            assertThat(fixture.output()).noneMatch(VideoFrame::getEndOfStream);
            advance(fixture, 2);
            assertThat(fixture.output().getLast().getEndOfStream()).isTrue();
            Account ended = fixture.accounts().getLast();
            assertThat(ended.getEnded()).isTrue();
            assertThat(ended.getTotals().getUpscaled()).isEqualTo(4);
            assertThat(ended.getIncidents()).isEqualTo(Map.of("GAP", 1L, "MISSING_FRAME", 1L, "END_BY_TIMEOUT", 1L));
            advance(fixture, 4);
            fixture.send(frame("a", 5));
            fixture.end("a", 0, 6);
            Account later = fixture.accounts().getLast();
            assertThat(later.getTotals().getDropped()).containsEntry("AFTER_END", 1L);
            assertThat(later.getIncidents()).containsEntry("REPEATED_END", 1L);
            advance(fixture, 7);
            assertEmpty(fixture.store(AssembleWindows.STORE));
        }
    }

    /** Nothing is read while a window takes long; that is no silence of a producer. */
    @Test
    void aPauseOfTheApplication_isNotTakenForSilence() {
        try (TopologyFixture fixture = new TopologyFixture("stream.end.timeout.ms", "10000")) {
            fixture.send("a", 0, 3);
            fixture.advance(Duration.ofSeconds(60));
            assertThat(fixture.output()).noneMatch(VideoFrame::getEndOfStream);
            advance(fixture, 12);
            assertThat(fixture.output().getLast().getEndOfStream()).isTrue();
        }
    }

    /** As time goes by where nothing blocks. */
    private static void advance(TopologyFixture fixture, int seconds) {
        for (int second = 0; second < seconds; second++) {
            fixture.advance(SILENCE);
        }
    }

    @Test
    void withoutATimeout_aSilentStreamStaysOpen() {
        try (TopologyFixture fixture = new TopologyFixture()) {
            fixture.send("a", 0, 3);
            advance(fixture, 1000);
            assertThat(fixture.output()).noneMatch(VideoFrame::getEndOfStream);
        }
    }

    private static void assertEmpty(KeyValueStore<Object, byte[]> store) {
        try (KeyValueIterator<Object, byte[]> rows = store.all()) {
            assertThat(rows.hasNext()).isFalse();
        }
    }

    /** A bad record before the first frame is in the account of session 0, also if that session begins later. */
    @Test
    void sessionZeroAfterANegativeOne_countsWhatCameBefore() {
        try (TopologyFixture fixture = new TopologyFixture()) {
            fixture.sendBytes("a", new byte[] {7});
            fixture.send(frame("a", -1, 0, 16, 12));
            fixture.send(frame("a", 0, 0, 16, 12));
            fixture.end("a", 0, 1);
            Totals totals = fixture.accounts().getLast().getTotals();
            assertThat(totals.getReceived()).isEqualTo(2);
            assertThat(totals.getUpscaled()).isEqualTo(1);
            assertThat(totals.getDeadLettered()).isEqualTo(1);
        }
    }

    @Test
    void whatBefallsAStream_isInItsAccount() {
        try (TopologyFixture fixture = new TopologyFixture("reorder.frames", "0")) {
            fixture.send("a", 0, 3);
            fixture.send("a", 5, 7);
            fixture.send(frame("a", 0, 7, 20, 10));
            fixture.end("a", 0, 8);
            fixture.end("a", 0, 8);
            fixture.send(frame("a", 0));
            fixture.end("a", 0, 1);
            assertThat(fixture.accounts().getLast().getIncidents())
                    .isEqualTo(Map.of(
                            "GAP", 1L, "MISSING_FRAME", 2L, "FORMAT_CHANGE", 1L, "REPEATED_END", 1L, "RESTART", 1L));
        }
    }

    @Test
    void whateverComes_everyAccountBalancesAndTheEndAgreesWithTheTopics() {
        Property.holds(30, this::assertBalances);
    }

    private void assertBalances(Inputs inputs) {
        Random random = inputs.random();
        String factor = List.of("2,2,2", "3,1,1", "5/2,2,2", "2/5,2,2").get(random.nextInt(4));
        int maxRecordBytes = random.nextBoolean() ? SMALL_RECORDS : TopologyFixture.MAX_RECORD_BYTES;
        try (TopologyFixture fixture = new TopologyFixture(
                maxRecordBytes,
                "scale.factor",
                factor,
                "window.size",
                Integer.toString(1 + random.nextInt(6)),
                "reorder.frames",
                "3",
                "idle.timeout.ms",
                "100")) {
            int sent = 0;
            List<Long> order = order(random);
            for (long sequence : order) {
                sent += sendOne(fixture, random, sequence);
                if (random.nextInt(4) == 0) {
                    fixture.advance(SILENCE);
                }
            }
            fixture.end("a", 0, order.size());
            List<Account> accounts = fixture.accounts();
            Totals totals = accounts.getLast().getTotals();
            List<VideoFrame> output = fixture.output();
            assertThat(totals.getReceived()).isEqualTo(sent);
            assertThat(totals.getHeld()).isZero();
            assertThat(totals.getDeadLettered()).isEqualTo(fixture.deadLetters().size());
            assertThat(totals.getEmitted()).isEqualTo(output.size() - 1);
            assertThat(output.getLast().getTotals()).isEqualTo(totals);
            assertThat(accounts.getLast().getEnded()).isTrue();
            assertThat(accounts.stream().filter(Account::getEnded)).hasSize(1);
            output.removeLast();
            assertThat(output.stream().map(VideoFrame::getSequence)).isSorted().doesNotHaveDuplicates();
        }
    }

    /** Mostly in order, with holes, repetitions and disorder. */
    private static List<Long> order(Random random) {
        List<Long> order = new ArrayList<>();
        for (long sequence = 0; sequence < 24; sequence++) {
            int copies = random.nextInt(10) == 0 ? 0 : random.nextInt(10) == 0 ? 2 : 1;
            order.addAll(Collections.nCopies(copies, sequence));
        }
        for (int swaps = random.nextInt(4); swaps > 0; swaps--) {
            int at = random.nextInt(order.size() - 3);
            Collections.shuffle(order.subList(at, at + 3), random);
        }
        return order;
    }

    /** How many records went in. */
    private static int sendOne(TopologyFixture fixture, Random random, long sequence) {
        EncodedFrame good = frame("a", sequence);
        switch (random.nextInt(12)) {
            case 0 -> fixture.send(undecodable(sequence));
            case 1 -> fixture.send(frame("a", 0, sequence, 8, 8));
            case 2 -> {
                fixture.sendBytes("a", new byte[] {1, 2, 3});
                fixture.send(good);
                return 2;
            }
            case 3 ->
                fixture.send(new EncodedFrame(
                        "a",
                        0,
                        sequence,
                        0,
                        40,
                        good.timeBase(),
                        good.format(),
                        true,
                        random.nextBoolean(),
                        0,
                        good.payload()));
            default -> fixture.send(good);
        }
        return 1;
    }
}
