package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.VideoFrame;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.frame.Codec;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.transfer.Clients;
import io.kinolift.transfer.Ingest;
import io.kinolift.transfer.Pace;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedClips.Kind;
import io.kinolift.video.CodedReader;
import io.kinolift.video.SoundChoice;
import io.kinolift.video.Source;
import io.kinolift.wire.FrameRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Inter-coded streams, passed on as their files have them, through an application that is killed: every record of its
 * output is that of an undisturbed run. {@code -Dkinolift.crash.groups=20} is the full form, with more codecs.
 */
@Tag("endurance")
class InterCodedCrashIT {
    private static final int RUNS = Integer.getInteger("kinolift.crash.groups", 1);
    private static final int FRAMES = 150;
    private static final List<Kind> KINDS = List.of(Kind.H264_OPEN, Kind.HEVC_OPEN, Kind.VP9, Kind.AV1);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private Map<String, String> clients;

    /** SVT-AV1 takes so many threads that tests beside it starve. */
    static List<String> codecs() {
        return RUNS == 1 ? List.of("ffv1", "h264") : List.of("ffv1", "h264", "vp9", "av1");
    }

    private static String[] settings(String codec) {
        return new String[] {
            "commit.interval.ms=100",
            "kinolift.frame.codec=" + codec,
            "kinolift.output.gop=50",
            "kinolift.scale.factor=2,2,2"
        };
    }

    @BeforeEach
    void sendClips() throws Exception {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        clients = Map.of("bootstrap.servers", broker.bootstrapServers());
        new ChaosTopics(clients, "frames", 1, (short) 1).create();
        try (Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES)) {
            for (Kind kind : KINDS) {
                Path clip = CodedClips.make(folder, kind, FRAMES);
                Ingest.Settings settings = new Ingest.Settings(
                        "kinolift.frames", null, kind.name(), 1, Codec.RAW, EncoderSettings.DEFAULT, 1);
                try (CodedReader reader = CodedReader.open(Source.of(clip.toString()), 0, SoundChoice.NONE)) {
                    assertThat(new Ingest(producer, settings).run(reader, Pace.unbounded(), _ -> {}))
                            .isEqualTo(FRAMES);
                }
            }
        }
    }

    private Map<String, List<String>> undisturbed(String codec) throws Exception {
        ChaosTopics topics = new ChaosTopics(clients, "whole-" + codec, 1, (short) 1).create();
        try (Instance application = new Instance(topics, folder, "one", settings(codec));
                Output output = new Output(topics)) {
            application.start();
            Map<String, List<String>> whole = output.await(Integer.MAX_VALUE, application);
            application.stop();
            assertThat(whole.values()).hasSize(KINDS.size()).allMatch(lines -> lines.size() == 2 * FRAMES + 1);
            return whole;
        }
    }

    @AfterEach
    void closeBroker() {
        broker.close();
    }

    /** Also where outputs refer to each other: frames of a group that left before the kill are followed by the same ones. */
    @ParameterizedTest
    @MethodSource("codecs")
    void killedAtRandomPoints_theConsumerSeesTheSameFrames(String codec) throws Exception {
        Map<String, List<String>> whole = undisturbed(codec);
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            ChaosTopics topics = new ChaosTopics(clients, "run" + run + "-" + codec, 1, (short) 1).create();
            try (Instance application = new Instance(topics, folder, "one", settings(codec));
                    Output output = new Output(topics)) {
                application.start();
                output.await(1 + random.nextInt(2 * FRAMES * KINDS.size() * 9 / 10), application);
                int seen = output.records;
                application.close();
                application.start();
                assertThat(output.await(Integer.MAX_VALUE, application))
                        .as("run %d, killed after %d records", run, seen)
                        .isEqualTo(whole);
            }
            assertThat(topics.lastAccounts().values())
                    .hasSize(KINDS.size())
                    .allSatisfy(account ->
                            assertThat(account.getTotals().getUpscaled()).isEqualTo(FRAMES));
        }
        System.out.println(codec + ": " + RUNS + " runs, each killed once: every record is that of an undisturbed run");
    }

    /** Committed output, by stream, each record as a line. */
    private final class Output implements AutoCloseable {
        private final Consumer<byte[], byte[]> consumer = Clients.consumer(clients);
        private final Map<String, List<String>> lines = new TreeMap<>();
        private int records;
        private int ended;

        Output(ChaosTopics topics) {
            List<TopicPartition> all = List.of(new TopicPartition(topics.names().upscaled(), 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
        }

        Map<String, List<String>> await(int least, Instance maker) throws Exception {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (records < least && ended < KINDS.size()) {
                assertThat(System.nanoTime()).as("%d records", records).isLessThan(deadline);
                maker.requireAlive();
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
