package io.kinolift.transfer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import io.kinolift.video.PictureSource;
import io.kinolift.video.TimedPicture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing that a source does, or does not, holds up an end. */
@Timeout(30)
class ReadAheadTest {
    private final Stop stop = new Stop();

    /** Never says anything. */
    private static final class Mute implements PictureSource {
        private final CountDownLatch never = new CountDownLatch(1);

        @Override
        public TimedPicture next() {
            while (true) {
                try {
                    never.await();
                } catch (InterruptedException _) {
                    // As native code.
                }
            }
        }

        @Override
        public Rational timeBase() {
            return Rational.ONE;
        }

        @Override
        public long promisedFrames() {
            return 0;
        }

        @Override
        public void close() {
            throw new IllegalStateException("closed while it is read");
        }
    }

    /** Gives one picture, and then there is no memory for another. */
    private static final class Exhausted implements PictureSource {
        private final Ticking pictures = Ticking.file(0);

        @Override
        public TimedPicture next() throws VideoException {
            TimedPicture next = pictures.next();
            if (next == null) {
                throw new OutOfMemoryError("no native memory for a frame");
            }
            return next;
        }

        @Override
        public Rational timeBase() {
            return pictures.timeBase();
        }

        @Override
        public long promisedFrames() {
            return 0;
        }

        @Override
        public void close() {
            pictures.close();
        }
    }

    /** Comes back from its native code a while after a request to end, and then has something to say. */
    private final class Slow implements PictureSource {
        @Override
        public TimedPicture next() {
            stop.await(Duration.ofMinutes(1));
            try {
                Thread.sleep(300);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return null;
        }

        @Override
        public Rational timeBase() {
            return Rational.ONE;
        }

        @Override
        public long promisedFrames() {
            return 0;
        }

        @Override
        public List<String> remarks() {
            return List.of("lost and found again: 1 time");
        }

        @Override
        public String breakage() {
            return "it ended";
        }

        @Override
        public void close() {}
    }

    @Test
    void anEndIsRequested_whatTheSourceHasToSayIsWaitedFor() throws Exception {
        try (PictureSource source = new ReadAhead(new Slow(), stop)) {
            stop.request();
            assertThat(source.next()).isNull();
            assertThat(source.breakage()).isEqualTo("it ended");
            assertThat(source.remarks()).containsExactly("lost and found again: 1 time");
        }
    }

    @Test
    void errorOfTheReadingThread_isNoEnd() throws Exception {
        try (PictureSource source = new ReadAhead(new Exhausted(), stop)) {
            source.next().close();
            assertThatThrownBy(source::next)
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessage("no native memory for a frame");
        }
    }

    @Test
    void stop_endsThoughTheSourceSaysNothing() throws Exception {
        Thread.ofVirtual().start(() -> {
            stop.await(Duration.ofMillis(200));
            stop.request();
        });
        try (PictureSource source = new ReadAhead(new Mute(), stop)) {
            assertThat(source.next()).isNull();
        }
    }

    @Test
    void failureAfterPictures_isAnEndWithAReason() throws Exception {
        try (PictureSource source = new ReadAhead(Ticking.camera("timed out", 0), stop)) {
            source.next().close();
            assertThat(source.next()).isNull();
            assertThat(source.breakage()).isEqualTo("timed out");
        }
    }

    @Test
    void failureBefore_isOne() {
        try (PictureSource source = new ReadAhead(Ticking.camera("timed out"), stop)) {
            assertThatThrownBy(source::next).isInstanceOf(VideoException.class);
        }
    }

    @Test
    void realTime_waitsForEachPicture_butNotAfterAStop() throws Exception {
        long start = System.nanoTime();
        try (PictureSource source = new RealTime(Ticking.file(0, 100, 300, 60_000), stop)) {
            for (int i = 0; i < 3; i++) {
                source.next().close();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            stop.request();
            assertThat(source.next()).isNull();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
}
