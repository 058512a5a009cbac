package io.kinolift.topology;

import static io.kinolift.topology.TopologyFixture.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.Account;
import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.avro.VideoFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** More streams in a partition than there is room for. */
class CrowdedStreamsTest {
    private static final List<String> REAL = List.of("north", "east", "south", "west");
    private static final int FRAMES = 30;
    /** 25 frames a second. */
    private static final long FRAME_MILLIS = 40;

    /** No busy stream loses its place to a stream that is one too many. */
    @Test
    void whereAllAreBusy_theLastOneIsRefused() {
        try (TopologyFixture fixture = new TopologyFixture("max.streams", "2")) {
            for (int sequence = 0; sequence < 30; sequence++) {
                for (String stream : List.of("a", "b", "c")) {
                    fixture.sendAt(frame(stream, sequence), sequence * FRAME_MILLIS);
                }
            }
            List<DeadLetter> letters = fixture.deadLetters();
            assertThat(letters)
                    .hasSizeBetween(30 - 8, 30)
                    .allMatch(letter -> letter.getStreamId().equals("c")
                            && letter.getReason() == DeadLetterReason.TOO_MANY_STREAMS);
            assertThat(letters.getFirst().getDetail())
                    .isEqualTo("expected at most 2 open streams in a partition (kinolift.max.streams), found one more, "
                            + "and none idle");
            Map<String, Account> accounts = accounts(fixture);
            assertThat(accounts.get("").getTotals().getReceived()).isEqualTo(letters.size());
            assertThat(accounts.get("").getTotals().getDeadLettered()).isEqualTo(letters.size());
            fixture.end("a", 0, 30);
            fixture.end("b", 0, 30);
            List<VideoFrame> output = fixture.output();
            for (String stream : List.of("a", "b")) {
                // They made room for each other while they had only begun.
                assertThat(output.stream().filter(frame -> frame.getStreamId().equals(stream)))
                        .hasSize(2 * 30 + 1)
                        .noneMatch(frame -> frame.getDiscontinuity() && frame.getSequence() > 2 * 8);
            }
        }
    }

    /** Streams of one frame that never end, and far more of them than there is room for. */
    @Test
    void streamsThatNeverEnd_takeNothingFromRealOnes() {
        Map<String, List<VideoFrame>> alone = real(0);
        Map<String, List<VideoFrame>> beside = real(10);
        REAL.forEach(stream -> assertThat(beside.get(stream).equals(alone.get(stream)))
                .as(stream)
                .isTrue());
        // More between two frames than there is room for: streams that have only begun rest, and lose nothing.
        Map<String, List<VideoFrame>> flooded = real(30);
        REAL.forEach(stream -> assertThat(flooded.get(stream)).as(stream).hasSize(2 * FRAMES + 1));
    }

    /** The output of the real streams without their totals, which count time. */
    private static Map<String, List<VideoFrame>> real(int hostile) {
        try (TopologyFixture fixture = new TopologyFixture("max.streams", "20", "max.remembered.streams", "50")) {
            int strangers = 0;
            for (int sequence = 0; sequence < FRAMES; sequence++) {
                for (int one = 0; one < hostile; one++) {
                    fixture.sendAt(frame("x" + strangers++, 0, 0, 2, 2), sequence * FRAME_MILLIS);
                }
                for (String stream : REAL) {
                    fixture.sendAt(frame(stream, sequence), sequence * FRAME_MILLIS);
                }
            }
            REAL.forEach(stream -> fixture.end(stream, 0, FRAMES));
            Map<String, Account> accounts = accounts(fixture);
            REAL.forEach(stream ->
                    assertThat(accounts.get(stream).getTotals().getUpscaled()).isEqualTo(FRAMES));
            Map<String, List<VideoFrame>> output = fixture.output().stream()
                    .collect(Collectors.groupingBy(VideoFrame::getStreamId, TreeMap::new, Collectors.toList()));
            long made =
                    output.keySet().stream().filter(id -> id.startsWith("x")).count();
            assertThat(made + fixture.deadLetters().size()).isBetween(strangers - 20L, (long) strangers);
            assertThat(fixture.store(AccountFrames.STORE).approximateNumEntries())
                    .isLessThanOrEqualTo(71);
            return output;
        }
    }

    /** A full house of silent streams is no reason to refuse a new one. */
    @Test
    void aSilentStream_makesRoomAndGoesOnLater() {
        try (TopologyFixture fixture = new TopologyFixture("max.streams", "2")) {
            for (int sequence = 0; sequence < 10; sequence++) {
                fixture.sendAt(frame("a", sequence), sequence * FRAME_MILLIS);
                fixture.sendAt(frame("b", sequence), sequence * FRAME_MILLIS);
            }
            long later = 10 * FRAME_MILLIS + 501;
            fixture.sendAt(frame("c", 0), later);
            List<VideoFrame> before = outputs(fixture, "a");
            assertThat(before).hasSize(20);
            assertThat(accounts(fixture).get("a").getIncidents()).isEqualTo(Map.of("REST", 1L));
            fixture.sendAt(frame("a", 10), later + 501);
            fixture.end("a", 0, 11);
            List<VideoFrame> after = outputs(fixture, "a");
            assertThat(after).extracting(VideoFrame::getSequence).containsExactly(20L, 21L, 22L);
            assertThat(after.getFirst().getDiscontinuity()).isTrue();
            assertThat(after.getLast().getTotals().getReceived()).isEqualTo(11);
            assertThat(after.getLast().getTotals().getUpscaled()).isEqualTo(11);
            assertThat(fixture.deadLetters()).isEmpty();
        }
    }

    @Test
    void aRestingStream_isEndedByTheTimeout() {
        try (TopologyFixture fixture = new TopologyFixture("max.streams", "1", "stream.end.timeout.ms", "2000")) {
            fixture.sendAt(frame("a", 0), 0);
            fixture.sendAt(frame("b", 0), 1000);
            for (int second = 0; second < 4; second++) {
                fixture.advance(Duration.ofSeconds(1));
            }
            assertThat(fixture.output().stream().filter(VideoFrame::getEndOfStream))
                    .extracting(VideoFrame::getStreamId)
                    .containsExactlyInAnyOrder("a", "b");
        }
    }

    /** The oldest of those that are remembered is forgotten; its accounts leave the topic. */
    @Test
    void tooManyRememberedStreams_areForgottenInTheOrderOfTheirRecords() {
        try (TopologyFixture fixture = new TopologyFixture("max.remembered.streams", "3")) {
            for (String stream : List.of("a", "b", "c", "d")) {
                fixture.send(frame(stream, 0));
                fixture.end(stream, 0, 1);
            }
            assertThat(fixture.accountKeys())
                    .filteredOn(account -> !account.value)
                    .extracting(account -> account.key)
                    .containsExactly("a/0/0");
            // Late and known to be late.
            fixture.send(frame("b", 7));
            assertThat(accounts(fixture).get("b").getTotals().getDropped()).containsOnlyKeys("AFTER_END");
        }
    }

    private static List<VideoFrame> outputs(TopologyFixture fixture, String stream) {
        return new ArrayList<>(fixture.output().stream()
                .filter(frame -> frame.getStreamId().equals(stream))
                .toList());
    }

    /** The last account of each stream. */
    private static Map<String, Account> accounts(TopologyFixture fixture) {
        Map<String, Account> last = new HashMap<>();
        fixture.accounts().forEach(account -> last.put(account.getStreamId(), account));
        return last;
    }
}
