package io.kinolift.cli;

import io.kinolift.avro.AudioPacket;
import io.kinolift.avro.VideoFrame;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The records of streams on the topics of a test, and copies of them with a part missing. */
final class SoundClips {
    static final String FRAMES = "kinolift.frames";
    static final String AUDIO = "kinolift.audio";
    private static final Wire<AudioPacket> WIRE = new Wire<>(AudioPacket.getClassSchema());

    private final Map<String, String> clients;

    SoundClips(EmbeddedBroker broker) {
        clients = Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    static AudioPacket audio(byte[] value) {
        try {
            return WIRE.read(value);
        } catch (MalformedRecordException e) {
            throw new AssertionError(e);
        }
    }

    static VideoFrame frame(byte[] value) {
        try {
            return FrameRecords.parse(value);
        } catch (MalformedRecordException e) {
            throw new AssertionError(e);
        }
    }

    List<AudioPacket> sound(String stream) {
        return records(AUDIO, stream).stream().map(SoundClips::audio).toList();
    }

    List<VideoFrame> frames(String stream) {
        return records(FRAMES, stream).stream().map(SoundClips::frame).toList();
    }

    /** The values of a stream's records that are there now. */
    List<byte[]> records(String topic, String stream) {
        List<byte[]> all = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (new String(record.key(), StandardCharsets.UTF_8).equals(stream)) {
                        all.add(record.value());
                    }
                }
            }
        }
        return all;
    }

    /** Waits until a stream has so many records; reads each once, because what is awaited shares the machine. */
    void await(String topic, String stream, int records, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        byte[] key = stream.getBytes(StandardCharsets.UTF_8);
        int found = 0;
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (found < records) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(
                            String.format("expected %d records of stream %s, found %d", records, stream, found));
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    found += Arrays.equals(record.key(), key) ? 1 : 0;
                }
            }
        }
    }

    /** Sends records that are kept to the same topic, as those of another stream. */
    void copy(String topic, String from, String to, Predicate<byte[]> kept) {
        List<byte[]> values = records(topic, from).stream().filter(kept).toList();
        try (Producer<byte[], byte[]> producer = Clients.producer(clients, 32 << 20)) {
            for (byte[] value : values) {
                var _ = producer.send(new ProducerRecord<>(topic, to.getBytes(StandardCharsets.UTF_8), value));
            }
            producer.flush();
        }
    }
}
