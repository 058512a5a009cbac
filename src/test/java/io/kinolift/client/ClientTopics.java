package io.kinolift.client;

import io.kinolift.avro.VideoFrame;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber.ImageMode;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A broker for the tests of a class, with a frames topic of three partitions, and what is on it. */
final class ClientTopics implements BeforeAllCallback, AfterAllCallback {
    static final String FRAMES = "kinolift.frames";
    static final int MAX_BYTES = 16 << 20;

    private EmbeddedBroker broker;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        create(FRAMES, MAX_BYTES);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        broker.close();
    }

    String servers() {
        return broker.bootstrapServers();
    }

    Map<String, String> clients() {
        return Map.of("bootstrap.servers", servers());
    }

    void create(String topic, int maxBytes) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(3), Optional.empty())
                            .configs(Map.of("max.message.bytes", Integer.toString(maxBytes)))))
                    .all()
                    .get();
        }
    }

    /** A recorder of raw samples that has been started. */
    KafkaFrameRecorder recorder(String stream) throws Exception {
        return recorder(stream, "raw");
    }

    KafkaFrameRecorder recorder(String stream, String codec) throws Exception {
        KafkaFrameRecorder recorder = new KafkaFrameRecorder(servers(), stream);
        recorder.setVideoCodecName(codec);
        recorder.setFrameRate(25);
        recorder.start();
        return recorder;
    }

    /** All frames of a stream up to its first end. */
    List<Got> grab(String stream, ImageMode mode) throws Exception {
        try (KafkaFrameGrabber grabber = grabber(stream, mode)) {
            grabber.start();
            return all(grabber);
        }
    }

    /** A grabber of what recorders have sent. */
    KafkaFrameGrabber grabber(String stream, ImageMode mode) {
        KafkaFrameGrabber grabber = new KafkaFrameGrabber(servers(), stream);
        grabber.setOption("topic", FRAMES);
        grabber.setImageMode(mode);
        grabber.setTimeout(20_000);
        return grabber;
    }

    /**
     * A frame that was grabbed.
     *
     * @param frame a copy, whose {@code opaque} holds its memory
     * @param origin what {@code opaque} was before
     */
    record Got(Frame frame, FrameOrigin origin) {
        static Got of(Frame frame) {
            return new Got(frame.clone(), (FrameOrigin) frame.opaque);
        }

        byte[] bytes() throws VideoException {
            return FrameBytes.all(frame);
        }

        long timestamp() {
            return frame.timestamp;
        }
    }

    /** All frames up to the end of the stream. */
    static List<Got> all(KafkaFrameGrabber grabber) throws Exception {
        List<Got> frames = new ArrayList<>();
        for (Frame frame = grabber.grab(); frame != null; frame = grabber.grab()) {
            frames.add(Got.of(frame));
        }
        return frames;
    }

    /** Puts records on the topic as they are. */
    void send(String stream, byte[]... records) {
        try (Producer<byte[], byte[]> producer = Clients.producer(clients(), MAX_BYTES)) {
            for (byte[] record : records) {
                var _ = producer.send(new ProducerRecord<>(FRAMES, stream.getBytes(StandardCharsets.UTF_8), record));
            }
        }
    }

    /** All records of a stream at present. */
    List<VideoFrame> records(String stream) throws Exception {
        List<VideoFrame> found = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients())) {
            List<TopicPartition> partitions = consumer.partitionsFor(FRAMES).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (stream.equals(new String(record.key(), StandardCharsets.UTF_8))) {
                        found.add(FrameRecords.parse(record.value()));
                    }
                }
            }
        }
        return found;
    }
}
