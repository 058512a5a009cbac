package io.kinolift.live;

import io.kinolift.frame.Rational;
import io.kinolift.sound.SoundSender;
import io.kinolift.transfer.Clients;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;

/** A tone beside the pictures of one of the {@link Cameras}. */
final class Microphone implements AutoCloseable {
    private static final int RATE = 8000;
    private static final int PACKET = RATE / 50;
    private static final SoundTrack TRACK = new SoundTrack(
            0, "", "", "pcm_s16le", RATE, 1, "mono", 0, 2, 16, 0, ByteBuffer.allocate(0), Rational.of(1, RATE));

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Producer<byte[], byte[]> producer;
    private final SoundSender sender;
    private long next;

    /** @param fromSeconds on the clock of the pictures, where they are now */
    Microphone(String bootstrapServers, String stream, double fromSeconds) {
        producer = Clients.producer(Map.of("bootstrap.servers", bootstrapServers), 1 << 20);
        sender = new SoundSender(producer, "kinolift.audio", stream, 0);
        next = Math.round(fromSeconds * RATE / PACKET);
        sender.announce(List.of(TRACK));
        var _ = clock.scheduleAtFixedRate(this::send, 0, 20, TimeUnit.MILLISECONDS);
    }

    private void send() {
        ByteBuffer samples = ByteBuffer.allocate(2 * PACKET);
        while (samples.hasRemaining()) {
            samples.putShort(Short.reverseBytes((short) (3000 * Math.sin(samples.position() * 0.3))));
        }
        sender.send(List.of(new SoundPacket(TRACK, next++ * PACKET, PACKET, false, samples.flip())));
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close();
    }
}
