package io.kinolift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Rational;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class SoundSenderTest {
    private static final SoundTrack TRACK = new SoundTrack(
            0, "", "", "pcm_s16le", 8000, 1, "mono", 0, 2, 16, 0, ByteBuffer.allocate(0), Rational.of(1, 8000));

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SoundSender sender = new SoundSender(producer, "audio", "s", 0);

    @Test
    void packetsAreCounted_onceTheBrokerHasThem() {
        sender.announce(List.of(TRACK));
        for (int i = 0; i < 3; i++) {
            sender.send(List.of(new SoundPacket(TRACK, i * 160L, 160, false, ByteBuffer.allocate(320))));
        }
        producer.completeNext();
        producer.completeNext();
        producer.errorNext(new RecordTooLargeException("too large"));
        assertThat(sender.remarks())
                .containsExactly(
                        "sound: 1 packets of " + TRACK + " to audio",
                        "sound: 1 records could not be sent to audio: too large");
    }
}
