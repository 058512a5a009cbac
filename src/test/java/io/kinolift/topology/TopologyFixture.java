package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.Account;
import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.Totals;
import io.kinolift.avro.VideoFrame;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.engine.DecodeGuard;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.trace.Telemetry;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology in one process, and frames to feed it with. */
public final class TopologyFixture implements AutoCloseable {
    static final int MAX_RECORD_BYTES = 1 << 20;
    static final Rational MILLIS = Rational.of(1, 1000);
    /** {@code window} sends every test through the topics between instances, but those of what does not go with them. */
    private static final String PARALLELISM = System.getProperty("kinolift.test.parallelism", "stream");

    private static final Wire<DeadLetter> LETTERS = new Wire<>(DeadLetter.getClassSchema());
    private static final Wire<Account> ACCOUNTS = new Wire<>(Account.getClassSchema());

    /** The wall clock of the driver at first. */
    static final long START_MILLIS = 1_700_000_000_000L;

    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> frames;
    private final TestOutputTopic<String, byte[]> upscaled;
    private final TestOutputTopic<String, byte[]> deadLetters;
    private final TestOutputTopic<String, byte[]> accounts;

    /** @param settings name, value, name, value, ... over lossless output and no scene cuts: noise is nothing but */
    public TopologyFixture(String... settings) {
        this(MAX_RECORD_BYTES, settings);
    }

    public TopologyFixture(int maxRecordBytes, String... settings) {
        this(maxRecordBytes, new Telemetry<>(), settings);
    }

    public TopologyFixture(int maxRecordBytes, Telemetry<StreamEvent> telemetry, String... settings) {
        this(maxRecordBytes, telemetry, WindowLevels.live(ProcessingContext::currentSystemTimeMs), settings);
    }

    /** @param levels chooses the levels of windows, by default with the wall clock of the driver */
    TopologyFixture(WindowLevels levels, String... settings) {
        this(MAX_RECORD_BYTES, new Telemetry<>(), levels, settings);
    }

    private TopologyFixture(
            int maxRecordBytes, Telemetry<StreamEvent> telemetry, WindowLevels levels, String... settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "kinolift.frame.codec", "raw", "kinolift.scene.cut", "off", "kinolift.parallelism", PARALLELISM));
        for (int i = 0; i < settings.length; i += 2) {
            all.put("kinolift." + settings[i], settings[i + 1]);
        }
        KinoliftConfig config = new KinoliftConfig(all);
        Properties properties = new Properties();
        // Two fixtures may be open at once; the driver removes the folder when it is closed.
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test-" + UUID.randomUUID());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:0");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir().toString());
        driver = new TopologyTestDriver(
                new UpscaleTopology(TopologyPlan.of(config, maxRecordBytes), telemetry, DecodeGuard.NONE, levels).get(),
                properties,
                Instant.ofEpochMilli(START_MILLIS));
        frames = driver.createInputTopic("kinolift.frames", new StringSerializer(), new ByteArraySerializer());
        upscaled = output("kinolift.upscaled");
        deadLetters = output("kinolift.dead-letters");
        accounts = output("kinolift.accounts");
    }

    /** In memory where the system has a folder for that: the driver commits, and so waits for the disk, at every record. */
    private static Path stateDir() {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory)
                ? memory.resolve("kinolift-test-" + ProcessHandle.current().pid())
                : Path.of(System.getProperty("java.io.tmpdir"), "kinolift-test");
    }

    /** Windows that went to others, with {@code parallelism=window}. */
    long windowsSent() {
        String topic = Spread.topics(TopologyPlan.APPLICATION).getFirst();
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .getQueueSize();
    }

    private TestOutputTopic<String, byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
    }

    public static EncodedFrame frame(String stream, long sequence) {
        return frame(stream, 0, sequence, 16, 12);
    }

    /** Noise that depends on the stream, session and sequence alone; 40 ms per frame. */
    public static EncodedFrame frame(String stream, long session, long sequence, int width, int height) {
        FrameFormat format =
                new FrameFormat(Codec.RAW, PixelFormat.YUV420P, width, height, Rational.ONE, Colour.UNSPECIFIED);
        long seed = stream.hashCode() * 31L + session * 1_000_003 + sequence;
        try (Picture picture = TestPictures.noise(PixelFormat.YUV420P, width, height, seed);
                FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT)) {
            return new EncodedFrame(
                    stream,
                    session,
                    sequence,
                    sequence * 40,
                    40,
                    MILLIS,
                    format,
                    true,
                    false,
                    7,
                    encoder.encode(picture));
        } catch (FrameCodecException e) {
            throw new AssertionError(e);
        }
    }

    public static EncodedFrame with(EncodedFrame frame, FrameFormat format, byte[] payload) {
        return new EncodedFrame(
                frame.streamId(),
                frame.session(),
                frame.sequence(),
                frame.pts(),
                frame.duration(),
                frame.timeBase(),
                format,
                frame.keyFrame(),
                frame.discontinuity(),
                frame.captureMicros(),
                payload);
    }

    public void send(EncodedFrame frame) {
        frames.pipeInput(frame.streamId(), FrameRecords.write(frame));
    }

    public void send(EncodedFrame frame, Headers headers) {
        frames.pipeInput(new TestRecord<>(frame.streamId(), FrameRecords.write(frame), headers, 0L));
    }

    /** @param millis the record's timestamp */
    void sendAt(EncodedFrame frame, long millis) {
        frames.pipeInput(frame.streamId(), FrameRecords.write(frame), millis);
    }

    /** Output records with their headers, since the last call. */
    List<TestRecord<String, byte[]>> outputRecords() {
        return upscaled.readRecordsToList();
    }

    /** Dead letters with their headers, since the last call. */
    List<TestRecord<String, byte[]>> deadLetterRecords() {
        return deadLetters.readRecordsToList();
    }

    public void sendBytes(String key, byte[] value, Headers headers) {
        frames.pipeInput(new TestRecord<>(key, value, headers, 0L));
    }

    /**
     * Any record.
     *
     * @param key null for none
     * @param value null for a tombstone
     */
    void sendRecord(String key, byte[] value, Headers headers, long millis) {
        frames.pipeInput(new TestRecord<>(key, value, headers, millis));
    }

    /** A record of another input topic than the usual one. */
    void sendTo(String topic, String key, byte[] value, long millis) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value, millis);
    }

    public void sendBytes(String key, byte[] value) {
        frames.pipeInput(key, value);
    }

    public void send(String stream, long from, long to) {
        for (long sequence = from; sequence < to; sequence++) {
            send(frame(stream, sequence));
        }
    }

    public void end(String stream, long session, long sequence) {
        frames.pipeInput(stream, FrameRecords.writeEnd(stream, session, sequence, null));
    }

    void advance(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** All output records since the last call. */
    public List<VideoFrame> output() {
        List<VideoFrame> records = new ArrayList<>();
        for (byte[] value : upscaled.readValuesToList()) {
            records.add(read(value));
        }
        return records;
    }

    /** Output records as they are sent, since the last call. */
    List<byte[]> rawOutput() {
        return upscaled.readValuesToList();
    }

    List<byte[]> rawDeadLetters() {
        return deadLetters.readValuesToList();
    }

    private static VideoFrame read(byte[] value) {
        try {
            return FrameRecords.parse(value);
        } catch (MalformedRecordException e) {
            throw new AssertionError(e);
        }
    }

    public List<DeadLetter> deadLetters() {
        return deadLetters.readValuesToList().stream()
                .map(value -> {
                    try {
                        return LETTERS.read(value);
                    } catch (MalformedRecordException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    /** The keys of accounts, and whether they were published (or else deleted), since the last call. */
    List<KeyValue<String, Boolean>> accountKeys() {
        return accounts.readKeyValuesToList().stream()
                .map(record -> KeyValue.pair(record.key, record.value != null))
                .toList();
    }

    <K> KeyValueStore<K, byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    /** All published accounts since the last call, deletions aside; each must balance. */
    public List<Account> accounts() {
        List<Account> all = accounts.readValuesToList().stream()
                .filter(Objects::nonNull)
                .map(value -> {
                    try {
                        return ACCOUNTS.read(value);
                    } catch (MalformedRecordException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
        all.forEach(account -> assertBalanced(account.getTotals()));
        return all;
    }

    static void assertBalanced(Totals totals) {
        long dropped =
                totals.getDropped().values().stream().mapToLong(Long::longValue).sum();
        assertThat(totals.getUpscaled() + totals.getDeadLettered() + dropped + totals.getHeld())
                .as("%s", totals)
                .isEqualTo(totals.getReceived());
    }

    @Override
    public void close() {
        driver.close();
        // Unless another fixture is open.
        var _ = stateDir().toFile().delete();
    }
}
