package io.kinolift.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Codec;
import io.kinolift.pair.Pair;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import io.kinolift.topology.TopologyFixture;
import io.kinolift.trace.Telemetry;
import io.kinolift.upscale.InputFrames;
import io.kinolift.window.EarlierOutputs;
import io.kinolift.window.Envelope;
import io.kinolift.window.Filling;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every pair of neighbouring pictures is computed once, for any cut into windows. */
class PairsTest {
    private final AtomicInteger looks = new AtomicInteger();
    private final StreamPlan plan = new StreamPlan(
            Plans.operator(new KinoliftConfig(Map.of("kinolift.scale.factor", "2,1,1"))),
            0.4,
            new FrameEncoding(List.of(Codec.RAW), EncoderSettings.DEFAULT, 0),
            "",
            "");
    private final Workers workers = new Workers(2, Duration.ofMinutes(1));
    private final CodecPool codecs = new CodecPool(DecoderLimits.DEFAULT);

    @AfterEach
    void close() {
        workers.close();
        codecs.close();
    }

    private WindowCache cache(long bytes) {
        return new WindowCache(bytes, (before, after) -> {
            looks.incrementAndGet();
            return Pair.of(before, after);
        });
    }

    private void work(WindowCache cache, FrameWindow window) {
        DecodedWindow decoded = new WindowDecoder(
                        workers, codecs, cache, null, new AvPictures(), new Telemetry<>(), DecodeGuard.NONE)
                .decode(window, plan);
        new SceneCuts(workers).find(decoded, plan);
        workers.drain();
        InputFrames inputs = decoded.inputs(window.outputFrom());
        for (long index = inputs.first(); index < inputs.last(); index++) {
            assertThat(inputs.pair(index)).isEqualTo(Pair.of(inputs.at(index), inputs.at(index + 1)));
        }
        cache.keep(window, plan.timeGrid().haloBefore() + 1, decoded);
    }

    private static SourceFrame received(long sequence) {
        return new SourceFrame(TopologyFixture.frame("a", sequence), "t", 0, sequence);
    }

    private static List<SourceFrame> frames(long from, long to) {
        return LongStream.range(from, to).mapToObj(PairsTest::received).toList();
    }

    /** A window whose outputs are two per input. */
    private static FrameWindow window(long first, List<SourceFrame> frames, long coreFrom, long coreTo, boolean end) {
        return new FrameWindow(
                "a",
                0,
                0,
                0,
                first,
                frames,
                coreFrom,
                coreTo,
                2 * coreFrom,
                2 * coreTo,
                end,
                false,
                null,
                0,
                null,
                EarlierOutputs.NONE);
    }

    private void threeWindows(WindowCache cache, Runnable between) {
        work(cache, window(0, frames(0, 5), 0, 4, false));
        between.run();
        work(cache, window(3, frames(3, 9), 4, 8, false));
        between.run();
        work(cache, window(7, frames(7, 12), 8, 12, true));
    }

    @Test
    void aPairAcrossTheBorderOfTwoWindows_isLookedAtOnce() {
        try (WindowCache cache = cache(1 << 20)) {
            threeWindows(cache, () -> {});
            assertThat(looks).hasValue(11);
        }
    }

    @Test
    void withoutRoom_andOfAForgottenStream_nothingIsRemembered() {
        try (WindowCache cache = cache(0)) {
            threeWindows(cache, () -> {});
            assertThat(looks).hasValue(13);
        }
        looks.set(0);
        try (WindowCache cache = cache(1 << 20)) {
            threeWindows(cache, () -> cache.forget("a"));
            assertThat(looks).hasValue(13);
        }
    }

    /** For any number of missing frames, and any end of a window among them. */
    @Test
    void theSidesOfAGap_areLookedAtOnce() {
        List<SourceFrame> gap = new ArrayList<>(List.of(received(0)));
        for (long part = 1; part < 6; part++) {
            gap.add(new SourceFrame(
                    TopologyFixture.frame("a", part),
                    "t",
                    0,
                    0,
                    null,
                    Envelope.NONE,
                    new Filling(received(6), part, 6)));
        }
        gap.add(received(6));
        try (WindowCache cache = cache(1 << 20)) {
            work(cache, window(0, gap.subList(0, 4), 0, 3, false));
            work(cache, window(2, gap.subList(2, 7), 3, 7, true));
            assertThat(looks).as("six neighbours, and the two sides").hasValue(7);
        }
    }
}
