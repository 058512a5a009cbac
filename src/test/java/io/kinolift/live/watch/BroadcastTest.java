package io.kinolift.live.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kinolift.TestFrames;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.sound.SoundAhead;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames of 40 ms in parts of six and segments of 24, encoded by FFmpeg. */
class BroadcastTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private final WatchFigures figures = new WatchFigures();
    /** Frames are shown all at once here, and none is to be left out. */
    private Broadcast broadcast =
            new Broadcast(new KinoliftConfig(Map.of("kinolift.watch.behind.ms", "600000")), SoundAhead.none(), figures);

    @AfterEach
    void stop() {
        broadcast.close();
    }

    private static EncodedFrame frame(long sequence) {
        return TestFrames.raw("s", sequence, WIDTH, HEIGHT);
    }

    private static EncodedFrame ofSession(long session, long sequence) {
        EncodedFrame frame = frame(sequence);
        return new EncodedFrame(
                "s",
                session,
                sequence,
                frame.pts(),
                40,
                frame.timeBase(),
                frame.format(),
                true,
                false,
                0,
                frame.payload());
    }

    private void show(long from, long to) {
        for (long sequence = from; sequence < to; sequence++) {
            broadcast.show(frame(sequence));
        }
    }

    private String playlistOf(int encoded) throws InterruptedException {
        await().atMost(Duration.ofSeconds(60)).until(() -> figures.videoEncoded() + figures.videoDropped() >= encoded);
        return broadcast.timeline().playlistWith(1, 0, 20_000).orElseThrow();
    }

    private static long count(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    @Test
    void evenFrames_becomeEvenParts_andKeyFramesBeginSegments() throws Exception {
        show(0, 61);
        String text = playlistOf(61);
        assertThat(text).contains("PART-TARGET=0.24000\n", "TARGETDURATION:1\n").doesNotContain("DISCONTINUITY\n");
        assertThat(count(text, "EXTINF:0.96000,")).isEqualTo(2);
        assertThat(count(text, "DURATION=0.24000,URI=\"\\d+-0.m4s\",INDEPENDENT=YES"))
                .isEqualTo(3);
        assertThat(count(text, "DURATION=0.24000,URI=\"\\d+-[1-3].m4s\"\n")).isEqualTo(7);
    }

    @Test
    void framesThatHaveWaitedTooLong_areThinnedOutWithoutANewRun() throws Exception {
        broadcast.close();
        broadcast =
                new Broadcast(new KinoliftConfig(Map.of("kinolift.watch.behind.ms", "10")), SoundAhead.none(), figures);
        show(0, 300);
        await().atMost(Duration.ofSeconds(60)).until(() -> figures.videoEncoded() + figures.videoDropped() >= 300);
        assertThat(figures.videoDropped()).isBetween(30L, 250L);
        String text = broadcast.timeline().playlistWith(1, 0, 20_000).orElseThrow();
        assertThat(text).doesNotContain("DISCONTINUITY\n");
        double seconds = Pattern.compile("EXTINF:([\\d.]+)")
                .matcher(text)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
        assertThat(seconds).isGreaterThan(8);
    }

    @Test
    void aHoleADiscontinuityAndANewSession_eachBeginARun() throws Exception {
        show(0, 12);
        show(30, 42);
        broadcast.show(frame(42).afterDiscontinuity());
        show(43, 54);
        for (long sequence = 0; sequence < 12; sequence++) {
            broadcast.show(ofSession(1, sequence));
        }
        String text = playlistOf(48);
        assertThat(count(text, "#EXT-X-DISCONTINUITY\n")).isEqualTo(3);
        for (int run = 0; run < 4; run++) {
            assertThat(text).contains("URI=\"init-" + run + ".mp4\"");
            assertThat(broadcast.timeline().header(run)).isPresent();
        }
        // The last part of each run is there, with the picture that nothing followed.
        assertThat(count(text, "EXTINF:0.48000,")).isEqualTo(3);
    }

    @Test
    void theSameSessionFromItsBeginning_isShown_afterItsEndAndWithAMark() throws Exception {
        show(0, 12);
        broadcast.end();
        show(0, 12);
        broadcast.show(frame(0).afterDiscontinuity());
        show(1, 12);
        String text = playlistOf(36);
        assertThat(figures.videoEncoded()).isEqualTo(36);
        assertThat(count(text, "#EXT-X-DISCONTINUITY\n")).isEqualTo(2);
    }

    /** Of unknown duration. */
    private void showSlow(long sequence, long pts, Rational timeBase) {
        EncodedFrame frame = frame(sequence);
        broadcast.show(
                new EncodedFrame("s", 0, sequence, pts, 0, timeBase, frame.format(), true, false, 0, frame.payload()));
    }

    @Test
    void slowPicturesOfUnknownDuration_areOneRunAfterTheFirst() throws Exception {
        for (long sequence = 0; sequence < 10; sequence++) {
            showSlow(sequence, 2 * sequence, Rational.of(1, 5));
        }
        String text = playlistOf(10);
        assertThat(count(text, "#EXT-X-DISCONTINUITY\n")).isEqualTo(1);
        assertThat(count(text, "DURATION=0.40000,")).isGreaterThan(2);
    }

    @Test
    void timesThatNobodyCanCompute_costTheirPicturesAlone() throws Exception {
        showSlow(0, 1L << 61, Rational.of(1L << 38, 3));
        showSlow(1, (1L << 61) + 1, Rational.of(1L << 38, 3));
        show(2, 14);
        String text = playlistOf(14);
        assertThat(figures.videoEncoded()).isGreaterThanOrEqualTo(12);
        assertThat(text).contains("DURATION=0.24000");
    }

    @Test
    void aNewFormat_beginsARun() throws Exception {
        show(0, 12);
        for (long sequence = 12; sequence < 24; sequence++) {
            broadcast.show(TestFrames.of("s", sequence, Codec.PNG, PixelFormat.RGB24, 2 * WIDTH, HEIGHT + 1));
        }
        String text = playlistOf(24);
        assertThat(text).contains("init-0.mp4", "#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI=\"init-1.mp4\"\n");
        assertThat(broadcast.timeline().header(0).orElseThrow())
                .isNotEqualTo(broadcast.timeline().header(1).orElseThrow());
    }

    @Test
    void aFrameThatIsToldAgain_isShownOnce() throws Exception {
        show(0, 6);
        show(2, 13);
        String text = playlistOf(13);
        await().during(Duration.ofMillis(200)).until(() -> figures.videoEncoded() == 13);
        assertThat(text).doesNotContain("DISCONTINUITY\n");
    }

    @Test
    void aStreamThatRests_givesOutItsLastPicture_andGoesOn() throws Exception {
        show(0, 8);
        assertThat(broadcast.timeline().part(1, 1, 20_000))
                .as("two pictures after a second")
                .isPresent();
        show(8, 15);
        assertThat(broadcast.timeline().part(2, 0, 20_000)).isPresent();
        assertThat(playlistOf(15)).contains("EXTINF:0.32000,").doesNotContain("DISCONTINUITY\n");
    }

    @Test
    void theEndOfAStream_isTheEndOfThePlaylist_untilItGoesOn() throws Exception {
        show(0, 8);
        broadcast.end();
        await().atMost(Duration.ofSeconds(30)).until(() -> playlistOf(8).endsWith("#EXT-X-ENDLIST\n"));
        for (long sequence = 0; sequence < 8; sequence++) {
            broadcast.show(ofSession(1, sequence));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> !playlistOf(16).contains("ENDLIST"));
    }

    @Test
    void whatCannotBeDecoded_isLeftOut() throws Exception {
        show(0, 3);
        FrameFormat png = TestFrames.of("s", 3, Codec.PNG, PixelFormat.RGB24, WIDTH, HEIGHT)
                .format();
        broadcast.show(TestFrames.withPayload("s", 3, png, new byte[] {1, 2, 3}));
        show(4, 12);
        assertThat(playlistOf(12)).contains("init-0.mp4").doesNotContain("init-1.mp4");
        assertThat(figures.videoDropped()).isEqualTo(1);
        assertThat(figures.videoEncoded()).isEqualTo(11);
    }

    @Test
    void whenTheEncoderIsBusy_picturesAreLeftOutAndCounted_andTheStreamDoesNotWait() {
        broadcast.close();
        broadcast = new Broadcast(
                new KinoliftConfig(Map.of("kinolift.watch.queue.bytes", "4000000")), SoundAhead.none(), figures);
        EncodedFrame large = TestFrames.raw("s", 0, 1280, 720);
        long begin = System.nanoTime();
        for (long sequence = 0; sequence < 500; sequence++) {
            broadcast.show(new EncodedFrame(
                    "s",
                    0,
                    sequence,
                    sequence,
                    1,
                    Rational.of(1, 25),
                    large.format(),
                    true,
                    false,
                    0,
                    large.payload()));
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        await().atMost(Duration.ofSeconds(60)).until(() -> figures.videoEncoded() + figures.videoDropped() == 500);
        assertThat(figures.videoDropped()).isGreaterThan(300);
        // Two wait at most, and encoding all would take several seconds.
        assertThat(millis).isLessThan(2_000);
    }
}
