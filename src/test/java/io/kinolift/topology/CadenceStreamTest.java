package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.avro.Account;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.trace.Telemetry;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.MalformedRecordException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repeated pictures, through the whole topology. */
class CadenceStreamTest {
    private static final int MAX_RECORD_BYTES = 1 << 22;
    private static final int FRAMES = 61;
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    /** Samples that the texture moves from picture to picture. */
    private static final int STEP = 5;
    /** Of 24 pictures in 30 frames, the one in five; the scene changes at frame 33. */
    private static final int REPEATS = 12;

    @ParameterizedTest
    @CsvSource({
        "2, half-pixel, trilinear, off",
        "5/2, source, bicubic, on",
        "1, source, trilinear, off",
        "2/5, half-pixel, bilinear, off"
    })
    void outputsAndCounts_doNotDependOnWindowsOrThreads(String factor, String grid, String operator, String motion) {
        Result whole = upscaled(settings(factor, grid, operator, motion, "100", "1"));
        assertThat(whole.repeats()).isEqualTo(REPEATS);
        for (String windowSize : List.of("1", "2", "7")) {
            assertThat(upscaled(settings(factor, grid, operator, motion, windowSize, "2")))
                    .isEqualTo(whole);
        }
    }

    private static String[] settings(
            String factor, String grid, String operator, String motion, String windowSize, String threads) {
        return new String[] {
            "cadence",
            "on",
            "scale.factor",
            factor + ",2,2",
            "temporal.grid",
            grid,
            "operator",
            operator,
            "motion",
            motion,
            "window.size",
            windowSize,
            "threads",
            threads,
            "scene.cut",
            "0.4"
        };
    }

    @Test
    void withoutCadence_nothingIsCounted() {
        Result kept = upscaled("scale.factor", "1,1,1", "cadence", "off");
        assertThat(kept.repeats()).isZero();
        assertThat(kept.frames())
                .map(VideoFrame::getPayload)
                .isEqualTo(frames().map(frame -> ByteBuffer.wrap(frame.payloadBytes()))
                        .toList());
    }

    /** The times of outputs are those of the grid, whatever they show. */
    @Test
    void times_stayThoseOfTheGrid() {
        assertThat(upscaled("cadence", "on", "scale.factor", "5/2,1,1").frames())
                .map(VideoFrame::getPts)
                .isEqualTo(upscaled("scale.factor", "5/2,1,1").frames().stream()
                        .map(VideoFrame::getPts)
                        .toList());
    }

    /** The row that a changelog restores is all that the next instance knows. */
    @Test
    void theAccount_goesOnAfterARestart() throws MalformedRecordException {
        MockProcessorContext<OutputKey, byte[]> context = new MockProcessorContext<>();
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(AccountFrames.STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        TopologySettings settings = TopologyPlan.of(new KinoliftConfig(Map.of()), MAX_RECORD_BYTES);
        for (int run = 0; run < 3; run++) {
            AccountFrames accounts = new AccountFrames(settings, new Telemetry<>());
            accounts.init(context);
            Tally tally = new Tally("a", 0, "frames", 0, 8L * run + 7, 8L * run + 8, Map.of(), 0, 0, Map.of());
            accounts.process(new Record<>(
                    "a", new StreamEvent.WindowSettled(tally, 8L * run, 8L * run + 8, 8, Set.of(), run + 1), 0));
        }
        AccountRecord last =
                AccountRecord.read(context.forwarded().getLast().record().value());
        assertThat(last.upscaled()).isEqualTo(24);
        assertThat(last.incidents()).isEqualTo(Map.of(AccountRow.REPEAT, 1L + 2 + 3));
    }

    /** Frames made up for missing ones repeat pictures, but the producer did not. */
    @Test
    void heldFrames_areReplacedButNotCounted() {
        try (TopologyFixture fixture = new TopologyFixture(
                MAX_RECORD_BYTES, "cadence", "on", "gap", "hold", "reorder.frames", "0", "scale.factor", "1,1,1")) {
            for (int frame = 0; frame < 12; frame++) {
                if (frame != 6) {
                    fixture.send(frame(frame, STEP * frame));
                }
            }
            fixture.end("a", 0, 12);
            List<VideoFrame> output = fixture.output();
            assertThat(output.get(6).getPayload()).isNotEqualTo(output.get(5).getPayload());
            Account account = fixture.accounts().getLast();
            assertThat(account.getTotals().getFilled()).isEqualTo(1);
            assertThat(account.getIncidents()).doesNotContainKey(AccountRow.REPEAT);
        }
    }

    /** All outputs without the end, and how many repeats the account counts. */
    private record Result(List<VideoFrame> frames, long repeats) {}

    private static Result upscaled(String... settings) {
        try (TopologyFixture fixture = new TopologyFixture(MAX_RECORD_BYTES, settings)) {
            frames().forEach(fixture::send);
            fixture.end("a", 0, FRAMES);
            assertThat(fixture.deadLetters()).isEmpty();
            List<VideoFrame> output = fixture.output();
            return new Result(
                    output.subList(0, output.size() - 1),
                    repeats(fixture.accounts().getLast()));
        }
    }

    private static long repeats(Account account) {
        return account.getIncidents().getOrDefault(AccountRow.REPEAT, 0L);
    }

    /** 24 pictures per second in 30 frames, with a cut. */
    private static Stream<EncodedFrame> frames() {
        return Stream.iterate(0, frame -> frame < FRAMES, frame -> frame + 1)
                .map(frame -> frame(frame, STEP * (frame * 4 / 5) + (frame < 33 ? 0 : 5000)));
    }

    private static EncodedFrame frame(int frame, double shift) {
        return TestFrames.raw("a", frame, WIDTH, HEIGHT).withPayload(ByteBuffer.wrap(texture(shift)));
    }

    /** 4:2:0 with grey chroma; luma is smooth in both directions and never the same twice. */
    private static byte[] texture(double shift) {
        byte[] samples = new byte[WIDTH * HEIGHT * 3 / 2];
        Arrays.fill(samples, (byte) 128);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double u = x - shift;
                double wave = Math.sin(u / 5.3) + Math.sin(u / 8.9 + y / 6.1) + Math.sin(y / 4.7 - u / 13.7);
                samples[y * WIDTH + x] = (byte) Math.round(128 + 36 * wave);
            }
        }
        return samples;
    }
}
