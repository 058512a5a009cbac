package io.kinolift.live;

import io.kinolift.TestFrames;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The whole application on a broker of its own, with its HTTP side. */
final class LiveFixture implements AutoCloseable {
    static final String TOKEN = "open sesame";
    private final HttpClient client = HttpClient.newHttpClient();
    private final EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults());
    private final LiveInstance instance;

    LiveFixture(String... settings) {
        Map<String, String> all = new HashMap<>(
                Map.of("kinolift.window.size", "2", "kinolift.http.token", TOKEN, "kinolift.stuck.timeout.ms", "5000"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            new Topics(
                            "kinolift.frames",
                            "kinolift.upscaled",
                            "kinolift.dead-letters",
                            "kinolift.accounts",
                            1,
                            (short) 1,
                            1 << 20,
                            16 << 20,
                            -1)
                    .create(admin);
            admin.createTopics(List.of(new NewTopic("kinolift.audio", 1, (short) 1)));
        }
        instance = new LiveInstance(all, clients, broker.scratch());
    }

    void start() {
        instance.start();
    }

    int tasks() {
        return instance.tasks();
    }

    /** Sends frames of a new stream. */
    void sendFrames(String stream, int count) {
        try (Producer<byte[], byte[]> producer =
                Clients.producer(Map.of("bootstrap.servers", bootstrapServers()), 1 << 20)) {
            for (int sequence = 0; sequence < count; sequence++) {
                var _ = producer.send(new ProducerRecord<>(
                        "kinolift.frames",
                        stream.getBytes(StandardCharsets.UTF_8),
                        FrameRecords.write(TestFrames.raw(stream, sequence, 640, 480))));
            }
        }
    }

    void stopStreams() {
        instance.stopStreams();
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    void stopBroker() {
        broker.close();
    }

    String url() {
        return instance.url();
    }

    HttpResponse<String> get(String path) {
        return getFrom(url(), path);
    }

    /** @param url of another instance */
    HttpResponse<String> getFrom(String url, String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<byte[]> getBytes(String path) {
        return send(HttpRequest.newBuilder(URI.create(url() + path)), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<String> post(String path, String token) {
        return send(
                HttpRequest.newBuilder(URI.create(url() + path))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.noBody()),
                HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        instance.close();
        broker.close();
        client.close();
    }
}
