package io.kinolift.live.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final int PART_BYTES = 1000;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Timeline timeline = new Timeline(4, 1 << 20);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private void begin() {
        timeline.beginRun(new byte[] {1}, 0.25, 1);
    }

    private void segment(int parts) {
        timeline.beginSegment(0);
        for (int i = 0; i < parts; i++) {
            part();
        }
    }

    private void part() {
        timeline.add(new Part(new byte[PART_BYTES], 0.25, false));
    }

    private CompletableFuture<Optional<String>> reload(long number, int part) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return timeline.playlistWith(number, part, 60_000);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                },
                threads);
    }

    private static void assertWaits(CompletableFuture<?> future) {
        assertThat(future).as("not before it is there").matches(it -> {
            try {
                it.get(150, TimeUnit.MILLISECONDS);
                return false;
            } catch (java.util.concurrent.TimeoutException _) {
                return true;
            } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aReload_waitsForThePart() {
        begin();
        segment(4);
        segment(1);
        assertThat(reload(2, 0)).succeedsWithin(Duration.ofSeconds(5));
        CompletableFuture<Optional<String>> next = reload(2, 1);
        assertWaits(next);
        part();
        assertThat(next)
                .succeedsWithin(Duration.ofSeconds(5))
                .extracting(Optional::get)
                .asString()
                .contains("2-1.m4s");
    }

    @Test
    void aPartBehindTheEndOfItsSegment_isTheFirstOfTheNext() {
        begin();
        segment(4);
        segment(3);
        CompletableFuture<Optional<String>> next = reload(2, 3);
        assertWaits(next);
        timeline.beginSegment(0);
        assertWaits(next);
        part();
        assertThat(next)
                .succeedsWithin(Duration.ofSeconds(5))
                .extracting(Optional::get)
                .asString()
                .contains("3-0.m4s");
    }

    @Test
    void aReloadForAWholeSegment_waitsForItsEnd() {
        begin();
        segment(4);
        segment(4);
        CompletableFuture<Optional<String>> next = reload(2, -1);
        assertWaits(next);
        timeline.beginSegment(0);
        assertThat(next)
                .succeedsWithin(Duration.ofSeconds(5))
                .extracting(Optional::get)
                .asString()
                .contains("\n2.m4s");
    }

    @Test
    void theEnd_wakesAllWhoWait() {
        begin();
        segment(4);
        segment(1);
        CompletableFuture<Optional<String>> next = reload(2, 1);
        timeline.end();
        assertThat(next)
                .succeedsWithin(Duration.ofSeconds(5))
                .extracting(Optional::get)
                .asString()
                .endsWith("#EXT-X-ENDLIST\n");
    }

    @Test
    void aStreamThatRests_givesTheSamePlaylistAfterAWhile() throws Exception {
        begin();
        segment(4);
        segment(1);
        assertThat(timeline.playlistWith(2, 1, 50)).isPresent();
        assertThat(timeline.part(2, 1, 50)).isEmpty();
    }

    @Test
    void aPartThatNeverCame_isNotWaitedFor() throws Exception {
        begin();
        segment(4);
        segment(1);
        assertThat(timeline.part(1, 4, 60_000)).isEmpty();
        assertThat(timeline.part(1, 3, 60_000)).isPresent();
        assertThat(timeline.segment(1))
                .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(4 * PART_BYTES));
        assertThat(timeline.segment(2)).as("not complete").isEmpty();
    }

    @Test
    void thePartThatWillBeNext_isWaitedFor_andNoneBehindIt() throws Exception {
        begin();
        segment(4);
        CompletableFuture<Optional<byte[]>> next = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return timeline.part(2, 0, 60_000);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                },
                threads);
        assertWaits(next);
        segment(1);
        assertThat(next).succeedsWithin(Duration.ofSeconds(5)).matches(Optional::isPresent);
        assertThat(timeline.part(4, 0, 60_000)).isEmpty();
        assertThat(timeline.part(0, 0, 60_000)).isEmpty();
    }

    @Test
    void nobodyMayAskForMoreThanTheNext() {
        begin();
        segment(4);
        assertThat(timeline.claim(2, 0)).isEqualTo(Timeline.Claim.FAIR);
        assertThat(timeline.claim(3, 0)).isEqualTo(Timeline.Claim.FAIR);
        assertThat(timeline.claim(4, 0)).isEqualTo(Timeline.Claim.TOO_FAR);
    }

    @Test
    void oldSegments_areListedForTheWindow_keptForTwo_andForgotten() throws Exception {
        begin();
        for (int i = 0; i < 30; i++) {
            segment(4);
        }
        assertThat(timeline.playlist(1)).get().asString().contains("MEDIA-SEQUENCE:27\n");
        assertThat(timeline.segment(26)).isPresent();
        assertThat(timeline.segment(23)).isPresent();
        assertThat(timeline.segment(20)).isEmpty();
        assertThat(timeline.header(0)).isPresent();
        begin();
        for (int i = 0; i < 12; i++) {
            segment(4);
        }
        assertThat(timeline.header(0)).isEmpty();
        assertThat(timeline.header(1)).isPresent();
        assertThat(timeline.playlist(1)).get().asString().contains("DISCONTINUITY-SEQUENCE:1\n");
    }

    @Test
    void bytesAreBounded() {
        Timeline small = new Timeline(3600, 20 * PART_BYTES);
        small.beginRun(new byte[0], 0.25, 1);
        for (int i = 0; i < 100; i++) {
            small.beginSegment(0);
            for (int part = 0; part < 4; part++) {
                small.add(new Part(new byte[PART_BYTES], 0.25, false));
            }
        }
        assertThat(small.segment(99)).isPresent();
        assertThat(small.segment(90)).isEmpty();
    }

    @Test
    void theFirstPlaylist_hasAsMuchAsAPlayerStaysBehind() throws Exception {
        begin();
        timeline.holdBack(1);
        segment(4);
        segment(2);
        assertThat(timeline.playlist(1)).as("1.5 of 1.75 s").isEmpty();
        part();
        assertThat(timeline.playlist(1)).isPresent();
    }
}
