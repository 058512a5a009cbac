package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.engine.DecodeGuard;
import io.kinolift.engine.StreamPlan;
import io.kinolift.engine.WindowUpscaler;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.PixelFormat;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.trace.Telemetry;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedClips.Kind;
import io.kinolift.window.DropPolicy;
import io.kinolift.window.FrameBuffer;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.Incident;
import io.kinolift.window.OutputGrid;
import io.kinolift.window.SourceFrame;
import io.kinolift.window.StreamAssembler;
import io.kinolift.window.StreamState;
import io.kinolift.window.WindowListener;
import io.kinolift.wire.WrittenFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows that were sent give the same outputs anywhere, each upscaled by one who has seen no other. */
class SentWindowsTest {
    private static final Tally TALLY = new Tally("a", 0, "frames", 0, 0, 0, Map.of(), 0, 0, Map.of());

    @TempDir
    private Path folder;

    /** Cuts a stream into windows, sends each, and upscales the original at once, while its rows are there. */
    private static final class Sender implements WindowListener, FrameBuffer, AutoCloseable {
        private final TopologySettings settings;
        private final WindowUpscaler<WrittenFrame> upscaler;
        private final Map<Long, SourceFrame> rows = new HashMap<>();
        private final List<SentEvent> sent = new ArrayList<>();
        private final List<List<String>> told = new ArrayList<>();

        /** @param config name, value, name, value, ... */
        Sender(String... config) {
            Map<String, String> all = new HashMap<>(Map.of("kinolift.frame.codec", "ffv1"));
            for (int i = 0; i < config.length; i += 2) {
                all.put("kinolift." + config[i], config[i + 1]);
            }
            settings = TopologyPlan.of(new KinoliftConfig(all), TopologyFixture.MAX_RECORD_BYTES);
            upscaler = upscaler(settings);
        }

        static WindowUpscaler<WrittenFrame> upscaler(TopologySettings settings) {
            return new WindowUpscaler<>(
                    settings.engine(),
                    new OutputRecords(settings.output(), settings.maxRecordBytes()),
                    new Telemetry<StreamEvent>(),
                    DecodeGuard.NONE);
        }

        void run(List<EncodedFrame> frames, int lost) {
            StreamPlan plan = settings.engine().plans().of("a");
            StreamAssembler assembler = new StreamAssembler(
                    "a",
                    settings.windows(),
                    OutputGrid.alone(plan.timeGrid()),
                    plan.fingerprint(),
                    this,
                    new StreamState(),
                    this);
            for (EncodedFrame frame : frames) {
                if (frame.sequence() != lost) {
                    assembler.accept(new SourceFrame(frame, "frames", 0, 100 + frame.sequence()));
                }
            }
            assembler.end(0, frames.size());
        }

        @Override
        public void window(FrameWindow window) {
            SentEvent event = StreamEventBytes.write(new StreamEvent.WindowReady(TALLY, window));
            long bytes = (long) event.head().length + event.body().length;
            assertThat(StreamEventBytes.windowBytes(window)).isBetween(bytes, bytes + 1200);
            sent.add(event);
            told.add(told(upscaler, window));
        }

        /** Each of the sent windows alone, when the rows are gone. */
        List<List<String>> toldElsewhere() {
            assertThat(rows).isEmpty();
            return sent.stream().map(this::toldElsewhere).toList();
        }

        private List<String> toldElsewhere(SentEvent event) {
            try (WindowUpscaler<WrittenFrame> other = upscaler(settings)) {
                return told(other, ((StreamEvent.WindowReady) StreamEventBytes.read(event)).window());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<String> told(WindowUpscaler<WrittenFrame> upscaler, FrameWindow window) {
            List<String> told = new ArrayList<>();
            upscaler.upscale(window, new WindowUpscaler.Results<>() {
                @Override
                public void output(WrittenFrame output, String trace) {
                    told.add("output " + HexFormat.of().formatHex(output.value()));
                }

                @Override
                public void missing(boolean surplus) {
                    told.add("missing " + surplus);
                }

                @Override
                public void repeats(long count) {
                    told.add("repeats " + count);
                }

                @Override
                public void rejected(long index, FrameCodecException failure) {
                    told.add("rejected " + index + " " + failure.reason() + " " + failure.getMessage());
                }
            });
            return told;
        }

        @Override
        public void put(SourceFrame frame) {
            rows.put(frame.frame().sequence(), frame);
        }

        @Override
        public SourceFrame find(long session, long sequence) {
            return rows.get(sequence);
        }

        @Override
        public void delete(long session, long sequence) {
            rows.remove(sequence);
        }

        @Override
        public void dropped(SourceFrame frame, DropPolicy policy) {}

        @Override
        public void refused(SourceFrame frame, Refusal refusal, String detail) {
            throw new AssertionError(detail);
        }

        @Override
        public void noted(Incident incident) {}

        @Override
        public void ended(long session, long outputs) {}

        @Override
        public void close() {
            upscaler.close();
        }

        long count(String word) {
            return told.stream()
                    .flatMap(List::stream)
                    .filter(line -> line.startsWith(word))
                    .count();
        }
    }

    private List<EncodedFrame> clip(Kind kind, int frames) throws VideoException {
        return CodedClips.frames(CodedClips.make(folder, kind, frames), "a");
    }

    @ParameterizedTest
    @EnumSource(names = {"H264_OPEN", "H264_CLOSED", "H264_SLICES", "HEVC_OPEN", "VP9", "AV1"})
    void interCodedFrames_giveTheSameOutputs(Kind kind) throws VideoException {
        List<EncodedFrame> frames = clip(kind, 40);
        for (String size : List.of("1", "7")) {
            try (Sender sender = new Sender("scale.factor", "2,1,1", "window.size", size)) {
                sender.run(frames, -1);
                assertThat(sender.count("output")).isEqualTo(80);
                assertThat(sender.toldElsewhere()).isEqualTo(sender.told);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H264_OPEN", "HEVC_OPEN", "VP9"})
    void aLostFrame_costsTheSameOutputs(Kind kind) throws VideoException {
        try (Sender sender = new Sender("scale.factor", "1,1,1", "window.size", "4")) {
            sender.run(clip(kind, 40), 16);
            assertThat(sender.count("output")).isBetween(10L, 39L);
            assertThat(sender.toldElsewhere()).isEqualTo(sender.told);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H264_OPEN", "HEVC_OPEN"})
    void damagedFrames_areRefusedAlike(Kind kind) throws VideoException {
        List<EncodedFrame> frames = clip(kind, 40);
        long rejected = 0;
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            try (Sender sender = new Sender("scale.factor", "1,1,1", "window.size", "4")) {
                int damaged = random.nextInt(frames.size());
                sender.run(
                        frames.stream()
                                .map(frame -> frame.sequence() == damaged ? damaged(frame, random) : frame)
                                .toList(),
                        -1);
                rejected += sender.count("rejected");
                assertThat(sender.toldElsewhere()).as("seed %d", seed).isEqualTo(sender.told);
            }
        }
        assertThat(rejected).isPositive();
    }

    /** Some bits flipped, or half of it lost: not every flipped bit is noticed. */
    private static EncodedFrame damaged(EncodedFrame frame, Random random) {
        byte[] payload = frame.payloadBytes();
        if (random.nextBoolean()) {
            return frame.withPayload(ByteBuffer.wrap(payload, 0, payload.length / 2));
        }
        for (int flips = 4; flips > 0; flips--) {
            payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return frame.withPayload(ByteBuffer.wrap(payload));
    }

    @ParameterizedTest
    @EnumSource(names = {"JPEG", "RAW"})
    void framesThatDecodeAlone_giveTheSameOutputs(Codec codec) {
        List<EncodedFrame> frames = LongStream.range(0, 20)
                .mapToObj(sequence -> TestFrames.of("a", sequence, codec, PixelFormat.YUV420P, 32, 24))
                .toList();
        for (String gap : List.of("split", "hold", "bridge")) {
            try (Sender sender =
                    new Sender("scale.factor", "3/2,2,2", "window.size", "3", "gap", gap, "reorder.frames", "0")) {
                sender.run(frames, 10);
                assertThat(sender.count("output")).as(gap).isGreaterThan(27);
                assertThat(sender.toldElsewhere()).as(gap).isEqualTo(sender.told);
            }
        }
    }

    @Test
    void aFrameOfTheWindow_isWrittenOnce() throws VideoException {
        List<EncodedFrame> frames = clip(Kind.H264_PLAIN, 12);
        long payloads =
                frames.stream().mapToLong(frame -> frame.payload().remaining()).sum();
        try (Sender sender = new Sender("scale.factor", "1,1,1", "window.size", "100")) {
            sender.run(frames, -1);
            assertThat(sender.sent).hasSize(1);
            assertThat(sender.sent.getFirst().body()).hasSizeBetween((int) payloads, (int) payloads + 12 * 250 + 300);
        }
    }
}
