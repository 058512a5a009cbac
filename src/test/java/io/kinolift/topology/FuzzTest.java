package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.avro.Account;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.avro.Totals;
import io.kinolift.avro.VideoFrame;
import io.kinolift.ffmpeg.NativeMemory;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.registry.HostileRegistry;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Damaged frame records and random bytes: the process survives, its memory stays bounded, and every record is accounted
 * for. {@code -Dkinolift.fuzz.records=100000} is the full form; a tenth of them
 * are random arrays.
 */
class FuzzTest {
    private static final int RECORDS = Integer.getInteger("kinolift.fuzz.records", 1_500);
    private static final int STREAMS = 7;
    /** A wild time stamp spoils its stream for good, so streams end and others begin after this many records. */
    private static final int GENERATION = 300;

    private static final Duration RETENTION = Duration.ofSeconds(1);
    private static final int RANDOM_EVERY = 10;
    private static final int SAMPLES = 20;
    /** Bytes by which the process may grow outside its heap once it is warm. The heap has a limit of its own. */
    private static final long MAX_GROWTH = 200L << 20;

    private static final List<String> SETTINGS = List.of(
            "max.frame.pixels",
            "4000000",
            "scale.factor",
            "2,1,1",
            "reorder.frames",
            "4",
            "native.memory.bytes",
            "600000000",
            "stream.retention.ms",
            Long.toString(RETENTION.toMillis()));

    /** Bytes before a record in our own layout. */
    private static final int HEADER = 10;

    private static final int HOSTILE_SCHEMAS = 300;
    private static final int FRAMES_ID = 1000;
    private static final String RECURSIVE = """
            {"type":"record","name":"VideoFrame","namespace":"io.kinolift.avro","fields":[
              {"name":"other","type":"VideoFrame"}]}""";

    private final List<EncodedFrame> good = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<DeadLetterReason, Long> reasons = new EnumMap<>(DeadLetterReason.class);
    private long letters;
    private long randomArrays;
    private long outputs;

    /** How records are laid out, and what the topology is told of it. */
    private interface Layout {
        byte[] of(byte[] record, Random random);

        /** The record in our own layout, if its schema is ours. */
        byte[] back(byte[] record);
    }

    private static final Layout OURS = new Layout() {
        @Override
        public byte[] of(byte[] record, Random random) {
            return record;
        }

        @Override
        public byte[] back(byte[] record) {
            return record;
        }
    };

    /** Confluent's; one in ten names a schema that nobody can read, or that is none. */
    private static final Layout CONFLUENT = new Layout() {
        @Override
        public byte[] of(byte[] record, Random random) {
            boolean hostile = random.nextInt(10) == 0;
            return record.length < HEADER
                    ? record
                    : ByteBuffer.allocate(5 + record.length - HEADER)
                            .put((byte) 0)
                            .putInt(hostile ? 2 + random.nextInt(HOSTILE_SCHEMAS) : FRAMES_ID)
                            .put(record, HEADER, record.length - HEADER)
                            .array();
        }

        @Override
        public byte[] back(byte[] record) {
            byte[] ours = FrameRecords.writeEnd("s", 0, 0, null);
            if (record.length < 5 || record[0] != 0) {
                return record;
            }
            if (ByteBuffer.wrap(record).getInt(1) != FRAMES_ID) {
                // Nobody can read it.
                return new byte[0];
            }
            return ByteBuffer.allocate(HEADER + record.length - 5)
                    .put(ours, 0, HEADER)
                    .put(record, 5, record.length - 5)
                    .array();
        }
    };

    @Test
    @EnabledOnOs(OS.LINUX)
    void whateverComes_theProcessLivesAndEveryRecordIsAccountedFor() throws Exception {
        fuzz(OURS);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whateverComesInConfluentsLayout_withAHostileRegistry() throws Exception {
        try (HostileRegistry registry = new HostileRegistry()) {
            registry.put(FRAMES_ID, VideoFrame.getClassSchema().toString());
            for (int id = 2; id < 2 + HOSTILE_SCHEMAS; id++) {
                switch (id % 5) {
                    case 0 -> registry.put(id, RECURSIVE);
                    case 1 -> registry.put(id, 403, "{}");
                    case 2 -> registry.put(id, 200, "no JSON");
                    case 3 -> registry.put(id, "[".repeat(10_000));
                    default -> {}
                }
            }
            fuzz(CONFLUENT, "registry.url", registry.url().toString());
        }
    }

    private void fuzz(Layout layout, String... further) throws Exception {
        makeGoodFrames();
        long seed = Long.getLong("kinolift.fuzz.seed", 20_260_801);
        Random random = new Random(seed);
        List<String> settings = new ArrayList<>(SETTINGS);
        settings.addAll(List.of(further));
        List<Long> heap = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        long received = 0;
        try (TopologyFixture fixture = new TopologyFixture(settings.toArray(String[]::new))) {
            for (int i = 1; i <= RECORDS; i++) {
                String stream = "s" + random.nextInt(STREAMS) + "-" + i / GENERATION;
                byte[] record =
                        layout.of(random.nextInt(RANDOM_EVERY) == 0 ? noise(random) : mutated(stream, random), random);
                fixture.sendBytes(stream, record);
                received += isEnd(stream, layout.back(record)) ? 0 : 1;
                if (i % GENERATION == GENERATION - 1) {
                    endAll(fixture);
                }
                if (i % (RECORDS / SAMPLES) == 0) {
                    take(fixture);
                    heap.add(ManagementFactory.getMemoryMXBean()
                            .getHeapMemoryUsage()
                            .getCommitted());
                    others.add(NativeMemory.residentBytes() - heap.getLast());
                }
            }
            endAll(fixture);
        }
        long deadLettered = sum(Totals::getDeadLettered);
        System.out.printf(
                "%d records, %d of them random bytes, seed %d: %d dead letters %s, %d upscaled, %d outputs; "
                        + "MiB of heap %s, resident besides %s%n",
                RECORDS,
                randomArrays,
                seed,
                deadLettered,
                reasons,
                sum(Totals::getUpscaled),
                outputs,
                mebibytes(heap),
                mebibytes(others));
        assertThat(deadLettered).isEqualTo(letters);
        assertThat(reasons).doesNotContainKey(DeadLetterReason.TOO_MANY_STREAMS);
        assertThat(sum(Totals::getEmitted)).isEqualTo(outputs);
        assertThat(sum(Totals::getReceived)).isEqualTo(received);
        assertThat(sum(Totals::getHeld)).isZero();
        long warm = Collections.max(others.subList(0, SAMPLES / 2));
        assertThat(Collections.max(others) - warm)
                .as("growth of resident memory besides the heap, second half")
                .isLessThan(MAX_GROWTH);
    }

    private static List<Long> mebibytes(List<Long> bytes) {
        return bytes.stream().map(number -> number >> 20).toList();
    }

    /** Ends every stream there is and has it forgotten. */
    private void endAll(TopologyFixture fixture) {
        // A later session ends the one before.
        sequences.keySet().forEach(stream -> fixture.end(stream, Long.MAX_VALUE, 0));
        sequences.clear();
        take(fixture);
        fixture.advance(RETENTION.multipliedBy(3));
    }

    /** Flipped bits may make one. */
    private static boolean isEnd(String stream, byte[] record) {
        try {
            VideoFrame frame = FrameRecords.parse(record);
            FrameRecords.sequence(frame);
            return frame.getEndOfStream() && frame.getStreamId().equals(stream);
        } catch (MalformedRecordException e) {
            return false;
        }
    }

    private long sum(ToLongFunction<Totals> number) {
        return accounts.values().stream()
                .mapToLong(account -> number.applyAsLong(account.getTotals()))
                .sum();
    }

    private void take(TopologyFixture fixture) {
        fixture.accounts()
                .forEach(account -> accounts.put(account.getStreamId() + "/" + account.getSession(), account));
        fixture.deadLetters().forEach(letter -> {
            letters++;
            reasons.merge(letter.getReason(), 1L, Long::sum);
        });
        outputs += fixture.output().stream()
                .filter(frame -> !frame.getEndOfStream())
                .count();
    }

    private void makeGoodFrames() {
        for (Codec codec : Codec.written()) {
            PixelFormat pixels = codec == Codec.PNG ? PixelFormat.RGB24 : PixelFormat.YUV420P;
            good.add(TestFrames.of("s", 0, codec, pixels, 48, 32));
            good.add(TestFrames.of("s", 1, codec, codec == Codec.PNG ? PixelFormat.GRAY8 : pixels, 33, 17));
        }
    }

    private byte[] noise(Random random) {
        randomArrays++;
        byte[] bytes = new byte[random.nextInt(600)];
        random.nextBytes(bytes);
        if (bytes.length > 10 && random.nextBoolean()) {
            // Past the first gate: the header of a record of ours.
            byte[] header = FrameRecords.writeEnd("s", 0, 0, null);
            System.arraycopy(header, 0, bytes, 0, 10);
        }
        return bytes;
    }

    private byte[] mutated(String stream, Random random) {
        EncodedFrame frame = good.get(random.nextInt(good.size()));
        long sequence = sequences.merge(stream, 1L, Long::sum) - 1;
        EncodedFrame own = new EncodedFrame(
                stream,
                0,
                sequence,
                sequence * 40,
                40,
                frame.timeBase(),
                frame.format(),
                true,
                false,
                0,
                frame.payload());
        switch (random.nextInt(12)) {
            case 0 -> own = withHeader(own, random);
            case 1, 2 -> own = withPayload(own, flipped(own.payloadBytes(), random));
            case 3 ->
                own = withPayload(
                        own,
                        Arrays.copyOf(
                                own.payloadBytes(),
                                1 + random.nextInt(own.payload().remaining())));
            case 4 -> own = withFormat(own, swapped(own.format(), random));
            case 5 -> own = withFormat(own, sized(own.format(), random));
            case 6 -> own = withPayload(own, bomb(own, random));
            case 7 -> {
                return flipped(FrameRecords.write(own), random);
            }
            default -> {}
        }
        return FrameRecords.write(own);
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        byte[] copy = bytes.clone();
        for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static EncodedFrame withHeader(EncodedFrame frame, Random random) {
        boolean wild = random.nextInt(20) == 0;
        return new EncodedFrame(
                frame.streamId(),
                wild ? random.nextInt(3) : 0,
                frame.sequence() + random.nextInt(7) - 3,
                wild ? random.nextLong() : frame.pts() + random.nextInt(9) - 4,
                random.nextInt(100),
                wild ? Rational.of(1 + random.nextInt(5), 1 + random.nextInt(50_000)) : frame.timeBase(),
                frame.format(),
                random.nextBoolean(),
                random.nextInt(5) == 0,
                random.nextLong(),
                frame.payload());
    }

    private static FrameFormat swapped(FrameFormat format, Random random) {
        return new FrameFormat(
                Codec.values()[random.nextInt(Codec.values().length)],
                List.copyOf(FrameRecords.pixelFormats())
                        .get(random.nextInt(FrameRecords.pixelFormats().size())),
                format.width(),
                format.height(),
                format.sampleAspectRatio(),
                format.colour());
    }

    private static FrameFormat sized(FrameFormat format, Random random) {
        int[] sizes = {1, 2, 15, 16, 17, 2000, 65_535, Integer.MAX_VALUE};
        return new FrameFormat(
                format.codec(),
                format.pixelFormat(),
                sizes[random.nextInt(sizes.length)],
                sizes[random.nextInt(sizes.length)],
                format.sampleAspectRatio(),
                format.colour());
    }

    /** A picture whose own header claims far more samples than it has, where it has one. */
    private static byte[] bomb(EncodedFrame frame, Random random) {
        byte[] bytes = frame.payloadBytes();
        if (frame.format().codec() == Codec.PNG) {
            Arrays.fill(bytes, 16, 24, (byte) (random.nextBoolean() ? 0x7F : 0x0F));
        } else if (frame.format().codec() == Codec.JPEG) {
            for (int i = 0; i + 9 < bytes.length; i++) {
                if ((bytes[i] & 0xFF) == 0xFF && (bytes[i + 1] & 0xFF) == 0xC0) {
                    Arrays.fill(bytes, i + 5, i + 9, (byte) 0xFF);
                }
            }
        } else {
            Arrays.fill(bytes, 0, Math.min(bytes.length, 24), (byte) 0xFF);
        }
        return bytes;
    }

    private static EncodedFrame withFormat(EncodedFrame frame, FrameFormat format) {
        return TopologyFixture.with(frame, format, frame.payloadBytes());
    }

    private static EncodedFrame withPayload(EncodedFrame frame, byte[] payload) {
        return TopologyFixture.with(frame, frame.format(), payload);
    }
}
