package io.kinolift.runtime;

import io.kinolift.frame.Rational;
import io.kinolift.sound.SoundSender;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;

/** Two packets of sound beside each frame of 40 ms. */
final class SoakSound {
    private static final String TOPIC = "kinolift.audio";
    private static final int PACKET = 160;
    private static final SoundTrack TRACK = new SoundTrack(
            0, "", "", "pcm_mulaw", 8000, 1, "mono", 0, 1, 8, 0, ByteBuffer.allocate(0), Rational.of(1, 8000));

    private final Producer<byte[], byte[]> producer;
    private final Map<String, SoundSender> senders = new HashMap<>();

    /** Creates the topic. */
    SoakSound(Map<String, String> clients, int partitions, Producer<byte[], byte[]> producer) throws Exception {
        this.producer = producer;
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    void send(String stream, int frame) {
        SoundSender sender = senders.computeIfAbsent(stream, id -> {
            SoundSender begun = new SoundSender(producer, TOPIC, id, 0);
            begun.announce(List.of(TRACK));
            return begun;
        });
        sender.send(List.of(packet(2L * frame), packet(2L * frame + 1)));
    }

    private static SoundPacket packet(long number) {
        return new SoundPacket(TRACK, number * PACKET, PACKET, false, ByteBuffer.allocate(PACKET));
    }

    void end(String stream) {
        SoundSender sender = senders.remove(stream);
        if (sender != null) {
            sender.end();
        }
    }
}
