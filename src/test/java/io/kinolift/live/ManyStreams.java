package io.kinolift.live;

import static org.awaitility.Awaitility.await;

import io.kinolift.FreePorts;
import io.kinolift.TestFrames;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Forty streams of one picture a second, on two instances that share four partitions. */
final class ManyStreams implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(150);
    static final int COUNT = 40;
    /** An id that would run a script in a page that does not escape it. */
    static final String SCRIPT = "<img src=x onerror=\"document.title='owned'\">";

    static final String REPEATING = "camera-05";
    static final String BROKEN = "yard/süd 7";
    static final List<String> ENDED = List.of("camera-10", "camera-11", "camera-12");

    private final EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults());
    private final List<LiveInstance> instances = new ArrayList<>();
    private final Cameras cameras;

    ManyStreams() throws IOException {
        try (Admin admin = Admin.create(new HashMap<>(clients()))) {
            new Topics(
                            "kinolift.frames",
                            "kinolift.upscaled",
                            "kinolift.dead-letters",
                            "kinolift.accounts",
                            4,
                            (short) 1,
                            1 << 20,
                            16 << 20,
                            -1)
                    .create(admin);
        }
        instances.add(instance("1", FreePorts.next()));
        instances.add(instance("2", FreePorts.next()));
        instances.forEach(LiveInstance::start);
        await().atMost(PATIENCE).until(() -> instances.stream().allMatch(each -> each.tasks() == 2));
        cameras = new Cameras(broker.bootstrapServers(), 1, ids());
    }

    private LiveInstance instance(String number, int port) {
        Map<String, String> clients = new HashMap<>(clients());
        clients.put("application.server", "127.0.0.1:" + port);
        clients.put("commit.interval.ms", "500");
        return new LiveInstance(
                Map.of("kinolift.window.size", "1", "kinolift.http.port", Integer.toString(port)),
                clients,
                broker.scratch().resolve(number));
    }

    private static List<String> ids() {
        List<String> ids = new ArrayList<>(IntStream.range(0, COUNT - 2)
                .mapToObj(number -> "camera-%02d".formatted(number))
                .toList());
        ids.add(SCRIPT);
        // The last one of the cameras sends frames that are no pictures.
        ids.add(BROKEN);
        return ids;
    }

    Map<String, String> clients() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    LiveInstance instance(int index) {
        return instances.get(index);
    }

    Cameras cameras() {
        return cameras;
    }

    /** Some streams end, and one sends a frame that was there before. */
    void disturb() {
        ENDED.forEach(cameras::end);
        try (Producer<byte[], byte[]> producer = Clients.producer(clients(), 1 << 20)) {
            var _ = producer.send(new ProducerRecord<>(
                    "kinolift.frames",
                    REPEATING.getBytes(StandardCharsets.UTF_8),
                    FrameRecords.write(TestFrames.raw(REPEATING, 0, 16, 16))));
        }
    }

    @Override
    public void close() {
        cameras.close();
        instances.forEach(LiveInstance::close);
        broker.close();
    }
}
