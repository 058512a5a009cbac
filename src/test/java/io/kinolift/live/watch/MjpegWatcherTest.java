package io.kinolift.live.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kinolift.TestFrames;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.PixelFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MjpegWatcherTest {
    private final Newest newest = new Newest(1 << 20);
    private final WatchFigures figures = new WatchFigures();

    /** Takes a number of flushes and then nothing, until it is allowed more. */
    private static final class Slow extends OutputStream {
        private final Semaphore flushes = new Semaphore(2);
        private final AtomicInteger bytes = new AtomicInteger();
        private volatile boolean gone;

        @Override
        public void write(int value) {
            bytes.incrementAndGet();
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes.addAndGet(length);
        }

        @Override
        public void flush() throws IOException {
            flushes.acquireUninterruptibly();
            if (gone) {
                throw new IOException("gone");
            }
        }
    }

    @Test
    void aClientThatDoesNotRead_costsTheStreamNothing_andGetsTheNewestAfterwards() throws Exception {
        Slow client = new Slow();
        Thread watcher = Thread.ofVirtual().start(() -> {
            try {
                new MjpegWatcher(newest, figures, client).run();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        EncodedFrame frame = TestFrames.of("s", 0, Codec.JPEG, PixelFormat.YUV420P, 64, 64);
        newest.set(frame);
        await().until(() -> figures.sent() >= 1 && client.flushes.hasQueuedThreads());
        // It stands in its flush: nothing new has come for a moment, and the picture is sent again.
        int before = client.bytes.get();
        long begin = System.nanoTime();
        for (int i = 0; i < 100_000; i++) {
            newest.set(frame);
        }
        assertThat((System.nanoTime() - begin) / 100_000)
                .as("ns for each picture")
                .isLessThan(20_000);
        assertThat(client.bytes.get() - before).isLessThan(2 * frame.payloadBytes().length);
        client.flushes.release(1);
        await().until(() -> figures.sent() >= 2);
        assertThat(figures.skipped()).isEqualTo(99_999);
        client.gone = true;
        client.flushes.release(2);
        watcher.join(10_000);
        assertThat(watcher.isAlive()).isFalse();
    }

    @Test
    void aClientThatGoesBeforeTheFirstPicture_isNoticed() throws Exception {
        Slow client = new Slow();
        client.gone = true;
        Thread watcher = Thread.ofVirtual().start(() -> {
            try {
                new MjpegWatcher(newest, figures, client).run();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        watcher.join(10_000);
        assertThat(watcher.isAlive()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = PixelFormat.class,
            names = {"GRAY8", "YUV420P", "RGB24", "YUV444P10", "P010", "GBRP16", "RGBA", "NV12"})
    void everyPayload_becomesAJpeg(PixelFormat pixels) throws Exception {
        newest.set(TestFrames.of("s", 0, Codec.RAW, pixels, 66, 50));
        Newest.Picture shown = newest.await(0, 1);
        assertThat(newest.await(0, 1)).as("made once").isSameAs(shown);
        assertThat(newest.await(shown.number(), 1)).isNull();
        ByteBuffer jpeg = shown.jpeg().duplicate();
        byte[] bytes = new byte[jpeg.remaining()];
        jpeg.get(bytes);
        var image = ImageIO.read(new ByteArrayInputStream(bytes));
        assertThat(image.getWidth()).isEqualTo(66);
        assertThat(image.getHeight()).isEqualTo(50);
    }

    @Test
    void aJpeg_passesUnchanged() throws Exception {
        EncodedFrame frame = TestFrames.of("s", 0, Codec.JPEG, PixelFormat.YUV420P, 64, 64);
        newest.set(frame);
        assertThat(newest.await(0, 1).jpeg()).isEqualTo(frame.payload());
    }
}
