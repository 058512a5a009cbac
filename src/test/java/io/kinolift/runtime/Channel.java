package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.VideoFrame;
import io.kinolift.live.LiveProbes;
import io.kinolift.live.LiveServer;
import io.kinolift.metrics.Metrics;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.MonitoringSettings;
import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;

/** A running application with its HTTP side on a broker of its own, for tests of what operators do to its topics. */
final class Channel implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(150);
    static final String FRAMES = TopicNames.DEFAULT.frames();
    static final String NAME = "channel";

    private static final Wire<DeadLetter> LETTERS = new Wire<>(DeadLetter.getClassSchema());

    private final HttpClient http = HttpClient.newHttpClient();
    private final EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults());
    private final Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
    private final Path state;
    final ChaosTopics topics;
    final Admin admin = Admin.create(new HashMap<>(clients));
    final Producer<byte[], byte[]> producer;
    private KinoliftStreams streams;
    private Metrics metrics;
    private LiveServer server;

    Channel(Path folder, int partitions) {
        state = folder.resolve("state");
        Map<String, String> quick = new HashMap<>(clients);
        quick.put("metadata.max.age.ms", "1000");
        producer = Clients.producer(quick, ChaosTopics.MAX_BYTES);
        topics = new ChaosTopics(clients, NAME, partitions, (short) 1).create();
    }

    /** The same topics with another number of partitions, for readers. */
    ChaosTopics topics(int partitions) {
        return new ChaosTopics(clients, NAME, partitions, (short) 1);
    }

    Map<String, String> clients() {
        return clients;
    }

    KinoliftStreams streams() {
        return streams;
    }

    /** @param settings pairs of names and values over the usual ones */
    Channel start(String... settings) {
        Map<String, String> ours = new HashMap<>(topics.ours());
        Map<String, String> kafkas = new HashMap<>(clients);
        kafkas.put("application.id", NAME);
        kafkas.put("group.instance.id", "one");
        for (int i = 0; i < settings.length; i += 2) {
            (settings[i].startsWith("kinolift.") ? ours : kafkas).put(settings[i], settings[i + 1]);
        }
        KinoliftConfig config = new KinoliftConfig(ours);
        streams = new KinoliftStreams(config, kafkas, state);
        metrics = new Metrics(streams, config.get(MonitoringSettings.METRICS_STREAMS), 4);
        LiveProbes probes = LiveProbes.of(config, streams.plans(), kafkas);
        streams.telemetry().watch(metrics.figures().and(probes.all()));
        server = new LiveServer(config, streams, metrics, probes, kafkas, Optional.empty());
        streams.start();
        return this;
    }

    Channel awaitReady() {
        Awaitility.await().atMost(PATIENCE).until(() -> ready().statusCode() == 200 && tasks() > 0);
        return this;
    }

    /** Those that read frames. */
    int tasks() {
        return (int) streams.assigned().stream()
                .filter(partition -> partition.topic().equals(FRAMES))
                .count();
    }

    HttpResponse<String> ready() {
        return get("ready");
    }

    HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void stop() {
        if (streams != null) {
            server.close();
            metrics.close();
            streams.close();
            streams = null;
        }
    }

    void send(String stream, long from, long to) {
        ChaosTopics.send(producer, List.of(stream), from, to, 64, 48);
        producer.flush();
    }

    void end(String stream, long frames) {
        ChaosTopics.end(producer, stream, frames);
        producer.flush();
    }

    /** Sends frames of a stream until it is closed, 20 per second. */
    final class Feed implements AutoCloseable {
        private final String stream;
        private final Thread thread;
        private volatile boolean over;
        private final AtomicLong next;

        Feed(String stream, long from) {
            this.stream = stream;
            next = new AtomicLong(from);
            thread = Thread.ofPlatform().daemon().start(this::run);
        }

        private void run() {
            while (!over) {
                ChaosTopics.send(producer, TestFrames.raw(stream, next.get(), 64, 48));
                var _ = next.incrementAndGet();
                LockSupport.parkNanos(50_000_000);
            }
        }

        /** Stops, and says how many frames there are with those before. */
        long stop() throws InterruptedException {
            over = true;
            thread.join();
            producer.flush();
            return next.get();
        }

        @Override
        public void close() throws InterruptedException {
            stop();
        }
    }

    /** Polls until it is done. @return the longest silence in seconds */
    double watch(ChaosTopics.Output output, Callable<Boolean> done) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long longest = 0;
        long last = System.nanoTime();
        int before = output.poll();
        while (!done.call()) {
            assertThat(System.nanoTime())
                    .as("%s, ready: %s", streams.kafka().state(), ready().body())
                    .isLessThan(deadline);
            int records = output.poll();
            if (records > before) {
                longest = Math.max(longest, System.nanoTime() - last);
                last = System.nanoTime();
                before = records;
            }
        }
        return longest / 1e9;
    }

    /** Until so many more outputs came. @return the longest silence in seconds */
    double watch(ChaosTopics.Output output, int more) throws Exception {
        int before = output.poll();
        return watch(output, () -> output.poll() >= before + more);
    }

    List<DeadLetter> letters() throws Exception {
        List<DeadLetter> letters = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topics.names().deadLetters(), 0);
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    letters.add(LETTERS.read(record.value()));
                }
            }
        }
        return letters;
    }

    void awaitLetters(int count) {
        Awaitility.await().atMost(PATIENCE).until(() -> letters().size() >= count);
    }

    void raise(String topic, int partitions) throws Exception {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all()
                .get();
    }

    void delete(String topic) throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
        Awaitility.await().atMost(PATIENCE).until(() -> !exists(topic));
    }

    /** The members that a stopped application has left in its group. */
    void leaveGroup() throws Exception {
        admin.removeMembersFromConsumerGroup(NAME, new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
    }

    /** Has the group, which has no member, read the first partition of frames up to here. */
    void commit(long offset) throws Exception {
        admin.alterConsumerGroupOffsets(
                        NAME, Map.of(new TopicPartition(FRAMES, 0), new OffsetAndMetadata(offset, Optional.of(0), "")))
                .all()
                .get();
    }

    boolean exists(String topic) throws Exception {
        return admin.listTopics().names().get().contains(topic);
    }

    int partitions(String topic) throws Exception {
        return admin.describeTopics(Set.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
    }

    void set(String topic, String name, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        admin.incrementalAlterConfigs(Map.of(
                        resource, List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    /** Frames of a stream in an output as sequences. */
    static List<Long> sequences(List<VideoFrame> output) {
        return output.stream()
                .filter(frame -> !frame.getEndOfStream())
                .map(VideoFrame::getSequence)
                .toList();
    }

    @Override
    public void close() {
        stop();
        producer.close();
        admin.close();
        broker.close();
        http.close();
    }
}
