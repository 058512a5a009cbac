package io.kinolift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.pair.Pair;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import io.kinolift.topology.TopologyFixture;
import io.kinolift.trace.Telemetry;
import io.kinolift.window.EarlierOutputs;
import io.kinolift.window.Envelope;
import io.kinolift.window.Filling;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where decoding fails for another reason than the frame, no picture is left behind. */
@Timeout(60)
class WindowDecoderTest {
    /** Decoding it fails; frame 1 is made up before it, and frame 3 while it fails. */
    private static final long BROKEN = 2;

    private final StreamPlan plan = new StreamPlan(
            Plans.operator(new KinoliftConfig(Map.of("kinolift.scale.factor", "1,1,1"))),
            Double.POSITIVE_INFINITY,
            new FrameEncoding(List.of(Codec.RAW), EncoderSettings.DEFAULT, 0),
            "",
            "");
    private final FrameWindow window = window(List.of(received(0), filled(1), received(BROKEN), filled(3)));
    private final Queue<Picture> made = new ConcurrentLinkedQueue<>();
    private final CountDownLatch failed = new CountDownLatch(1);
    private final CodecPool codecs = new CodecPool(DecoderLimits.DEFAULT);
    private final WindowCache cache = new WindowCache(1 << 20, Pair::of);
    private final Picture cached = TestPictures.noise(PixelFormat.YUV420P, 16, 12, 0);

    @BeforeEach
    void fill() {
        DecodedWindow before = new DecodedWindow(window, plan.timeGrid(), cache.pairs("a"));
        before.put(0, cached);
        cache.keep(window, 4, before);
    }

    @AfterEach
    void close() {
        failed.countDown();
        codecs.close();
        cache.close();
    }

    @Test
    void aFailure_freesWhatWasCached_told_andUnderWay() {
        for (Throwable failure : List.of(new IllegalStateException("a bug"), new OutOfMemoryError("none"))) {
            try (Workers workers = new Workers(2, Duration.ofMinutes(1))) {
                assertThatThrownBy(() -> decode(workers, failure)).hasRootCause(failure);
            }
        }
        assertThat(cached.isClosed()).isTrue();
        assertThat(made).hasSize(4).allMatch(Picture::isClosed);
    }

    @Test
    void aWorkerThatHangs_keepsThemAll() {
        try (Workers workers = new Workers(3, Duration.ofMillis(1500))) {
            assertThatThrownBy(() -> decode(workers, null)).hasMessageContaining("kinolift.window.timeout.ms");
            assertThat(workers.isStuck()).isTrue();
        }
        assertThat(cached.isClosed()).isFalse();
        assertThat(made).isNotEmpty().noneMatch(Picture::isClosed);
    }

    /** @param failure of the broken frame; null if it hangs */
    private void decode(Workers workers, Throwable failure) {
        DecodeGuard guard = frame -> {
            if (frame.offset() == BROKEN) {
                fail(failure);
            }
            return () -> {};
        };
        new WindowDecoder(workers, codecs, cache, null, this::allocate, new Telemetry<>(), guard).decode(window, plan);
    }

    private void fail(Throwable failure) {
        switch (failure) {
            case null -> await();
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new AssertionError(e);
        }
    }

    private void await() {
        try {
            failed.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Slowly. */
    private Picture allocate(PixelFormat format, int width, int height) {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Picture picture = new AvPictures().allocate(format, width, height);
        made.add(picture);
        return picture;
    }

    private static SourceFrame received(long sequence) {
        return new SourceFrame(TopologyFixture.frame("a", sequence), "t", 0, sequence);
    }

    private static SourceFrame filled(long sequence) {
        Filling filling = new Filling(received(9), 1, 2);
        return new SourceFrame(TopologyFixture.frame("a", sequence), "t", 0, 0, null, Envelope.NONE, filling);
    }

    private static FrameWindow window(List<SourceFrame> frames) {
        int size = frames.size();
        return new FrameWindow(
                "a", 0, 0, 0, 0, frames, 0, size, 0, size, false, false, null, 0, null, EarlierOutputs.NONE);
    }
}
