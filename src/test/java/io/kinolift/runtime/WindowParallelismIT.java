package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.VideoFrame;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.frame.Codec;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.transfer.Clients;
import io.kinolift.transfer.Ingest;
import io.kinolift.transfer.Pace;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedReader;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.SoundChoice;
import io.kinolift.video.Source;
import io.kinolift.video.VideoReader;
import io.kinolift.wire.FrameRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams whose windows are upscaled by three instances, some of which are killed: every record of the output is the one
 * that a single instance makes of whole streams. {@code -Dkinolift.crash.windows=20} is the full form.
 */
class WindowParallelismIT {
    private static final int RUNS = Integer.getInteger("kinolift.crash.windows", 1);
    private static final int FRAMES = 96;
    private static final List<String> STREAMS = List.of("coded", "jpeg", "raw");
    private static final List<String> NAMES = List.of("one", "two", "three");
    /** Outputs of so many windows that many more are away by then, if the input does not wait. */
    private static final int HELD = 100;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path clips;

    private static EmbeddedBroker broker;
    private static Map<String, String> clients;

    @TempDir
    private Path folder;

    private static String[] settings(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "commit.interval.ms=100",
                "kinolift.frame.codec=jpeg",
                "kinolift.scale.factor=2,2,2",
                "kinolift.motion=on"));
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }

    private static String[] byWindow() {
        return settings(
                "kinolift.parallelism=window", "kinolift.parallelism.lanes=4", "kinolift.parallelism.windows=6");
    }

    @BeforeAll
    static void sendClips() throws Exception {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        clients = Map.of("bootstrap.servers", broker.bootstrapServers());
        new ChaosTopics(clients, "frames", 2, (short) 1).create();
        Path clip = CodedClips.make(clips, CodedClips.Kind.H264_OPEN, FRAMES);
        try (Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES)) {
            try (CodedReader reader = CodedReader.open(Source.of(clip.toString()), 0, SoundChoice.NONE)) {
                assertThat(new Ingest(producer, ingest("coded", Codec.RAW)).run(reader, Pace.unbounded(), _ -> {}))
                        .isEqualTo(FRAMES);
            }
            for (Codec codec : List.of(Codec.JPEG, Codec.RAW)) {
                String name = codec == Codec.JPEG ? "jpeg" : "raw";
                try (VideoReader reader = VideoReader.open(Source.of(clip.toString()), ReaderLimits.DEFAULT)) {
                    assertThat(new Ingest(producer, ingest(name, codec)).run(reader, Pace.unbounded(), _ -> {}))
                            .isEqualTo(FRAMES);
                }
            }
        }
    }

    private static Ingest.Settings ingest(String stream, Codec codec) {
        return new Ingest.Settings("kinolift.frames", null, stream, 1, codec, EncoderSettings.DEFAULT, 1);
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    private Map<String, List<String>> byStream() throws Exception {
        ChaosTopics topics = new ChaosTopics(clients, "whole", 2, (short) 1).create();
        try (Instance application = new Instance(topics, folder, "one", settings());
                Output output = new Output(topics)) {
            application.start();
            Map<String, List<String>> whole = output.await(Integer.MAX_VALUE, List.of(application));
            application.stop();
            assertThat(whole.values()).hasSize(STREAMS.size()).allMatch(lines -> lines.size() == 2 * FRAMES + 1);
            return whole;
        }
    }

    @Tag("endurance")
    @Test
    void anyInstanceIsKilled_theConsumerSeesTheFramesOfOneInstance() throws Exception {
        Map<String, List<String>> whole = byStream();
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            ChaosTopics topics = new ChaosTopics(clients, "run" + run, 2, (short) 1).create();
            List<Instance> instances = new ArrayList<>();
            try (Output output = new Output(topics)) {
                for (String name : NAMES) {
                    instances.add(new Instance(topics, folder, name, byWindow()));
                    instances.getLast().start();
                }
                output.await(1 + random.nextInt(2 * FRAMES * STREAMS.size() * 8 / 10), instances);
                Awaitility.await().atMost(PATIENCE).until(() -> upscalers(topics) > 1);
                int seen = output.records;
                Instance victim = instances.get(random.nextInt(instances.size()));
                victim.close();
                victim.start();
                assertThat(output.await(Integer.MAX_VALUE, instances))
                        .as("run %d, killed after %d records", run, seen)
                        .isEqualTo(whole);
                assertThat(topics.lastAccounts().values())
                        .hasSize(STREAMS.size())
                        .allSatisfy(account ->
                                assertThat(account.getTotals().getUpscaled()).isEqualTo(FRAMES));
            } finally {
                for (Instance instance : instances) {
                    instance.close();
                }
            }
        }
        System.out.println(RUNS + " runs, an instance killed in each: every record is that of one instance alone");
    }

    /** How many instances have lanes. */
    private long upscalers(ChaosTopics topics) {
        try (Admin admin = Admin.create(Map.copyOf(clients))) {
            return Topics.members(admin, topics.name()).stream()
                    .filter(member -> member.assignment().topicPartitions().stream()
                            .anyMatch(lane -> lane.topic().equals(topics.name() + "-windows")))
                    .count();
        }
    }

    /** Else a fast source would fill disks with outcomes that wait for a slow instance. */
    @Test
    void manyWindowsAway_theInputWaits() throws Exception {
        ChaosTopics topics = new ChaosTopics(clients, "hold", 2, (short) 1).create();
        // A window needs three commits. What is made of it does not matter here.
        String[] settings = settings(
                "kinolift.parallelism=window",
                "kinolift.parallelism.windows=1",
                "kinolift.window.size=1",
                "kinolift.motion=off",
                "commit.interval.ms=20");
        AtomicInteger most = new AtomicInteger();
        try (Instance application = new Instance(topics, folder, "one", settings);
                Output output = new Output(topics)) {
            application.start();
            try (ServedBy http = application.http()) {
                Thread sampler = Thread.ofVirtual().start(() -> sample(http, most));
                output.await(HELD, List.of(application));
                sampler.interrupt();
                sampler.join();
            }
        }
        // What Kafka Streams has read already is not held back: some 32 records of each partition, and as many on their
        // way.
        System.out.println("most windows away: " + most);
        assertThat(most.get()).isBetween(2, 100);
    }

    private static void sample(ServedBy http, AtomicInteger most) {
        try {
            while (true) {
                most.accumulateAndGet(windowsAway(http.get("metrics").body()), Math::max);
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int windowsAway(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith("kinolift_windows_away{"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .max()
                .orElse(0);
    }

    /** The windows that are away would be lost. */
    @Tag("endurance")
    @Test
    void byStreamAgain_isRefusedUntilAllWindowsAreBack() throws Exception {
        ChaosTopics topics = new ChaosTopics(clients, "again", 2, (short) 1).create();
        // A window needs three commits. So when the first output is seen, most windows are away or have not been cut,
        // however fast the machine is.
        String[] settings = settings(
                "kinolift.parallelism=window",
                "kinolift.parallelism.lanes=4",
                "kinolift.parallelism.windows=6",
                "kinolift.window.size=1",
                "commit.interval.ms=1000");
        try (Instance spread = new Instance(topics, folder, "one", settings);
                Output output = new Output(topics)) {
            spread.start();
            output.await(1, List.of(spread));
            spread.close();
            try (Instance whole = new Instance(topics, folder, "two", settings())) {
                whole.start();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .failFast("started", () -> whole.said().contains("assigned to this instance"))
                        .until(() -> !whole.isAlive());
                assertThat(whole.said()).contains("expected kinolift.parallelism=window as before, found stream");
            }
            spread.start();
            output.await(Integer.MAX_VALUE, List.of(spread));
            spread.stop();
            try (Instance whole = new Instance(topics, folder, "one", settings())) {
                whole.start();
                whole.awaitSaid("assigned to this instance");
                whole.stop();
            }
        }
    }

    /** Committed output, by stream, each record as a line. */
    private static final class Output implements AutoCloseable {
        private final Consumer<byte[], byte[]> consumer = Clients.consumer(clients);
        private final Map<String, List<String>> lines = new TreeMap<>();
        private int records;
        private int ended;

        Output(ChaosTopics topics) {
            List<TopicPartition> all = List.of(
                    new TopicPartition(topics.names().upscaled(), 0),
                    new TopicPartition(topics.names().upscaled(), 1));
            consumer.assign(all);
            consumer.seekToBeginning(all);
        }

        Map<String, List<String>> await(int least, List<Instance> makers) throws Exception {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (records < least && ended < STREAMS.size()) {
                assertThat(System.nanoTime()).as("%d records", records).isLessThan(deadline);
                for (Instance maker : makers) {
                    maker.requireAlive();
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    VideoFrame frame = FrameRecords.parse(record.value());
                    lines.computeIfAbsent(new String(record.key(), StandardCharsets.UTF_8), _ -> new ArrayList<>())
                            .add(frame.getSequence() + " " + frame.getPts() + " " + frame.getDiscontinuity() + " "
                                    + Arrays.hashCode(record.value()));
                    records++;
                    ended += frame.getEndOfStream() ? 1 : 0;
                }
            }
            return lines;
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
