package io.kinolift.live.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kinolift.codec.group.Outcome;
import io.kinolift.codec.group.Shown;
import io.kinolift.codec.group.StreamDecoder;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.sound.SoundAhead;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedClips.Kind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs that refer to each other, as watchers get them: the right picture or none. Groups have twelve frames. */
class InterCodedWatchTest {
    private static final int FRAMES = 48;

    /** Frames are shown all at once here, and none is to be left out. */
    private static final KinoliftConfig PATIENT = new KinoliftConfig(Map.of("kinolift.watch.behind.ms", "600000"));

    @TempDir
    private static Path folder;

    private static List<EncodedFrame> frames;
    /** Of each frame. */
    private static final List<ByteBuffer> JPEGS = new ArrayList<>();

    private final WatchFigures figures = new WatchFigures();

    @BeforeAll
    static void make() throws VideoException {
        frames = CodedClips.frames(CodedClips.make(folder, Kind.H264_PLAIN, FRAMES), "s");
        try (StreamDecoder decoder = Payloads.stream()) {
            for (EncodedFrame frame : frames) {
                decoder.add(frame);
                for (Outcome next = decoder.next(); next != null; next = decoder.next()) {
                    Shown shown = (Shown) next;
                    JPEGS.add(Payloads.jpeg(shown.frame(), shown.picture()));
                    shown.free();
                }
            }
        }
        assertThat(JPEGS).hasSize(FRAMES).doesNotHaveDuplicates();
    }

    private static void set(Newest newest, int from, int to) {
        frames.subList(from, to).forEach(newest::set);
    }

    @Test
    void oneByOne_eachPictureIsThatOfItsFrame() throws Exception {
        try (Newest newest = new Newest(1 << 20)) {
            for (int i = 0; i < FRAMES; i++) {
                newest.set(frames.get(i));
                Newest.Picture shown = newest.await(i, 1);
                assertThat(shown.number()).isEqualTo(i + 1);
                assertThat(shown.jpeg()).as("picture %s", i).isEqualTo(JPEGS.get(i));
                assertThat(newest.await(0, 1)).as("made once").isSameAs(shown);
            }
        }
    }

    @Test
    void whoComesLate_getsTheNewest_decodedFromItsKeyFrame() throws Exception {
        try (Newest newest = new Newest(1 << 20)) {
            set(newest, 0, 3);
            assertThat(newest.await(0, 1).jpeg()).isEqualTo(JPEGS.get(2));
            set(newest, 3, 30);
            Newest.Picture shown = newest.await(3, 1);
            assertThat(shown.number()).isEqualTo(30);
            assertThat(shown.jpeg()).isEqualTo(JPEGS.get(29));
        }
    }

    @Test
    void whoJoinsWithinAGroup_waitsForTheNextKeyFrame() throws Exception {
        try (Newest newest = new Newest(1 << 20)) {
            set(newest, 5, 12);
            long begin = System.nanoTime();
            assertThat(newest.await(0, 100)).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(90));
            set(newest, 12, 14);
            assertThat(newest.await(0, 1).jpeg()).isEqualTo(JPEGS.get(13));
        }
    }

    @Test
    void whenTooMuchWaits_itIsLetGo_andTheNextKeyFrameBeginsAnew() throws Exception {
        long bytes = frames.subList(0, 4).stream()
                .mapToLong(frame -> frame.payload().remaining())
                .sum();
        try (Newest newest = new Newest(bytes)) {
            set(newest, 0, 10);
            assertThat(newest.await(0, 1)).isNull();
            set(newest, 10, 13);
            Newest.Picture shown = newest.await(0, 1);
            assertThat(shown.number()).isEqualTo(13);
            assertThat(shown.jpeg()).isEqualTo(JPEGS.get(12));
        }
    }

    @Test
    void ofALostFrame_nothingIsShownUpToTheNextKeyFrame() throws Exception {
        try (Newest newest = new Newest(1 << 20)) {
            set(newest, 0, 5);
            assertThat(newest.await(0, 1).jpeg()).isEqualTo(JPEGS.get(4));
            set(newest, 6, 12);
            assertThat(newest.await(5, 1)).isNull();
            set(newest, 12, 13);
            assertThat(newest.await(5, 1).jpeg()).isEqualTo(JPEGS.get(12));
        }
    }

    /** In the same session, which a simple producer never changes. */
    @Test
    void aStreamThatEndedAndBeginsAnew_isShown() throws Exception {
        try (Screen screen = new Screen(PATIENT, SoundAhead::none, List::of, figures)) {
            frames.forEach(screen::show);
            assertThat(screen.newest().await(0, 1).jpeg()).isEqualTo(JPEGS.getLast());
            screen.end();
            frames.subList(0, 3).forEach(screen::show);
            assertThat(screen.newest().await(FRAMES, 1).jpeg()).isEqualTo(JPEGS.get(2));
            screen.show(frames.get(3));
            assertThat(screen.newest().await(FRAMES + 3, 1).jpeg()).isEqualTo(JPEGS.get(3));
        }
    }

    @Test
    void aStreamThatBeganAnew_isShownFromALaterKeyFrameToo() throws Exception {
        try (Newest newest = new Newest(1 << 20)) {
            set(newest, 0, FRAMES);
            assertThat(newest.await(0, 1).jpeg()).isEqualTo(JPEGS.getLast());
            newest.end();
            set(newest, 0, 14);
            assertThat(newest.await(FRAMES, 1).jpeg()).isEqualTo(JPEGS.get(13));
        }
    }

    /** All who wait, whoever of them decodes. */
    @Test
    void severalWatchers_getEachPictureWhenItIsThere() throws Exception {
        try (Newest newest = new Newest(1 << 20)) {
            List<Thread> watchers = new ArrayList<>();
            List<Long> waits = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 4; i++) {
                watchers.add(Thread.ofVirtual().start(() -> {
                    try {
                        assertThat(newest.await(0, 20_000)).isNotNull();
                        waits.add(System.nanoTime());
                    } catch (InterruptedException | VideoException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            newest.set(frames.getFirst());
            for (Thread watcher : watchers) {
                assertThat(watcher.join(Duration.ofSeconds(10))).isTrue();
            }
            assertThat(waits).hasSize(4);
        }
    }

    @Test
    void asVideo_picturesOfAnUnbrokenGroupAreEncoded_theOthersCounted() throws Exception {
        try (Broadcast broadcast = new Broadcast(PATIENT, SoundAhead.none(), figures)) {
            frames.subList(5, 20).forEach(broadcast::show);
            frames.subList(21, 30).forEach(broadcast::show);
            await().atMost(Duration.ofSeconds(30)).until(() -> figures.videoEncoded() + figures.videoDropped() == 24);
            // 5 to 11 have no key frame; 21 to 23 refer to 20.
            assertThat(figures.videoDropped()).isEqualTo(7 + 3);
            assertThat(broadcast.timeline().playlistWith(1, 0, 20_000).orElseThrow())
                    .contains("init-0.mp4");
        }
    }

    /** The stream thread tells again what it told in a transaction that was aborted. */
    @Test
    void asVideo_whatIsToldAgain_isShownOnce() {
        try (Broadcast broadcast = new Broadcast(PATIENT, SoundAhead.none(), figures)) {
            frames.subList(0, 20).forEach(broadcast::show);
            frames.subList(12, 36).forEach(broadcast::show);
            await().atMost(Duration.ofSeconds(30)).until(() -> figures.videoEncoded() + figures.videoDropped() == 36);
            await().during(Duration.ofMillis(200)).until(() -> figures.videoEncoded() == 36);
        }
    }

    @Test
    void aFullQueue_takesNothingThatRefersToWhatItRefused() throws Exception {
        PictureQueue queue = new PictureQueue(frames.getFirst().payload().remaining());
        assertThat(queue.offer(frames.get(0), false)).isTrue();
        assertThat(queue.offer(frames.get(1), false)).isFalse();
        assertThat(queue.take(1).frame().sequence()).isZero();
        assertThat(queue.offer(frames.get(2), false)).isFalse();
        assertThat(queue.offer(frames.get(12), false)).isTrue();
    }
}
