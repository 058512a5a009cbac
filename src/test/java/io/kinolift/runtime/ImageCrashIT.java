package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.audit.Audit;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.input.InputFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A topic of images, whose records say neither their number nor their end, through an application that is killed: every
 * key, value, timestamp and header of its output is that of an undisturbed run. {@code -Dkinolift.crash.images=20} is the
 * full form.
 */
@Tag("endurance")
class ImageCrashIT {
    private static final int RUNS = Integer.getInteger("kinolift.crash.images", 2);
    private static final int FRAMES = 150;
    private static final long START = 1_764_000_000_000L;
    private static final int STREAMS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String[] IMAGES = {
        "commit.interval.ms=100",
        "kinolift.input.format=image",
        "kinolift.output.format=image",
        "kinolift.frame.codec=auto",
        "kinolift.jpeg.reproducible=true"
    };

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private Map<String, String> clients;
    private List<String> whole;

    @BeforeEach
    void undisturbedRun() throws Exception {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        clients = Map.of("bootstrap.servers", broker.bootstrapServers());
        ChaosTopics topics = new ChaosTopics(clients, "whole", 1, (short) 1).create();
        send();
        try (Instance application = new Instance(topics, folder, "one", IMAGES);
                Images output = new Images(topics)) {
            application.start();
            whole = output.await(Integer.MAX_VALUE, application);
            application.stop();
        }
        assertThat(whole).hasSizeGreaterThan(2 * STREAMS * (FRAMES - 10));
    }

    @AfterEach
    void closeBroker() {
        broker.close();
    }

    @Test
    void killedAtRandomPoints_theConsumerSeesTheSamePictures() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            ChaosTopics topics = new ChaosTopics(clients, "run" + run, 1, (short) 1).create();
            try (Instance application = new Instance(topics, folder, "one", IMAGES);
                    Images output = new Images(topics)) {
                application.start();
                int seen = output.await(1 + random.nextInt(whole.size() * 2 / 3), application)
                        .size();
                application.close();
                application.start();
                assertThat(byKey(output.await(Integer.MAX_VALUE, application)))
                        .as("run %d, killed after %d records", run, seen)
                        .isEqualTo(byKey(whole));
            }
            assertThat(topics.lastAccounts().values()).hasSize(STREAMS).allSatisfy(account -> {
                assertThat(account.getTotals().getReceived()).isEqualTo(FRAMES);
                assertThat(account.getTotals().getDeadLettered()).isEqualTo(2);
                assertThat(account.getTotals().getUpscaled()).isEqualTo(FRAMES - 2);
            });
            assertThat(audit(topics).problems()).as("run %d", run).isEmpty();
        }
        System.out.println(RUNS + " runs, each killed once: every record is that of an undisturbed run");
    }

    private Audit.Report audit(ChaosTopics topics) throws Exception {
        InputFormat images =
                RecordFormats.input(new KinoliftConfig(Map.of("kinolift.input.format", "image")), Optional.empty());
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
            return new Audit(consumer, topics.names(), images, _ -> true).run();
        }
    }

    /** In which order the records of two streams lie depends on when windows were idle. */
    private static Map<Boolean, List<String>> byKey(List<String> lines) {
        return lines.stream().collect(Collectors.partitioningBy(line -> line.startsWith("no key")));
    }

    /** Two cameras in turn, one without a key; jittering times, a pause, a clock that is set back, two bad values each. */
    private void send() {
        Random random = new Random(1);
        try (Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES)) {
            for (int i = 0; i < FRAMES; i++) {
                long millis = START + 40L * i + random.nextInt(30) + (i > 60 ? 3000 : 0) - (i > 100 ? 500_000 : 0);
                byte[] value = i == 30 || i == 90 ? "no image".getBytes(StandardCharsets.US_ASCII) : image(i);
                send(producer, "camera", value, millis);
                send(producer, null, value, millis + 7);
            }
            send(producer, "camera", null, START);
            send(producer, null, null, START);
            producer.flush();
        }
    }

    private static void send(Producer<byte[], byte[]> producer, String key, byte[] value, long millis) {
        byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        var _ = producer.send(new ProducerRecord<>("kinolift.frames", 0, millis, bytes, value));
    }

    private static byte[] image(int i) {
        // A camera that changes its mind begins a segment.
        boolean png = i >= 40 && i < 50;
        Codec codec = png ? Codec.PNG : Codec.JPEG;
        PixelFormat pixels = png ? PixelFormat.RGB24 : PixelFormat.YUV420P;
        try (FrameEncoder encoder =
                        FrameCodecs.encoder(TestPictures.format(codec, pixels, 96, 64), EncoderSettings.DEFAULT);
                Picture picture = TestPictures.noise(pixels, 96, 64, i)) {
            return encoder.encode(picture);
        } catch (FrameCodecException e) {
            throw new AssertionError(e);
        }
    }

    /** Committed output, each record as a line. */
    private final class Images implements AutoCloseable {
        private final Consumer<byte[], byte[]> consumer = Clients.consumer(clients);
        private final List<String> lines = new ArrayList<>();
        private int ended;

        Images(ChaosTopics topics) {
            List<TopicPartition> all = List.of(new TopicPartition(topics.names().upscaled(), 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
        }

        List<String> await(int least, Instance maker) throws Exception {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (lines.size() < least && ended < STREAMS) {
                assertThat(System.nanoTime()).as("%d records", lines.size()).isLessThan(deadline);
                maker.requireAlive();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    lines.add(line(record));
                    ended += record.value() == null ? 1 : 0;
                }
            }
            return lines;
        }

        private static String line(ConsumerRecord<byte[], byte[]> record) {
            Map<String, String> headers = new TreeMap<>();
            for (Header header : record.headers()) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
            String key = record.key() == null ? "no key" : new String(record.key(), StandardCharsets.UTF_8);
            return key + " " + record.timestamp() + " " + headers + " " + Arrays.hashCode(record.value());
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
