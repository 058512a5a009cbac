package io.kinolift.sound;

import io.kinolift.frame.Rational;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends the sound of a stream. What fails here is told and counted; frames are sent all the same. */
public final class SoundSender {
    private static final long CONFIGURATION_MICROS = 1_000_000;
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final String streamId;
    private final long session;
    private final Map<Integer, Sent> tracks = new TreeMap<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final AtomicLong failed = new AtomicLong();
    private long sequence;
    private boolean givenUp;

    private static final class Sent {
        private SoundTrack track;
        private final AtomicLong packets = new AtomicLong();
        private boolean begun;
        private long configuredMicros;
    }

    /** @param producer stays the caller's */
    public SoundSender(Producer<byte[], byte[]> producer, String topic, String streamId, long session) {
        this.producer = producer;
        this.topic = topic;
        this.streamId = streamId;
        this.session = session;
    }

    /** Says what tracks there are, before the first frame: readers need to know it as early. */
    public void announce(List<SoundTrack> all) {
        for (SoundTrack track : all) {
            Sent sent = tracks.computeIfAbsent(track.number(), _ -> new Sent());
            sent.track = track;
            send(SoundRecords.writeTrack(streamId, session, sequence++, track));
        }
    }

    public void send(List<SoundPacket> packets) {
        for (SoundPacket packet : packets) {
            Sent sent = tracks.computeIfAbsent(packet.track().number(), _ -> new Sent());
            long micros = packet.start(Rational.MICROSECOND);
            boolean configured = !sent.begun
                    || packet.discontinuity()
                    || !packet.track().equals(sent.track)
                    || micros - sent.configuredMicros >= CONFIGURATION_MICROS;
            if (configured) {
                sent.configuredMicros = micros;
            }
            sent.track = packet.track();
            sent.begun = true;
            send(SoundRecords.write(streamId, session, sequence++, packet, configured), sent.packets::incrementAndGet);
        }
    }

    /** Sends the end, if there was any sound. */
    public void end() {
        if (sequence > 0) {
            send(SoundRecords.writeEnd(streamId, session, sequence));
        }
    }

    private void send(byte[] record) {
        send(record, () -> {});
    }

    /** @param taken runs once the broker has it */
    private void send(byte[] record, Runnable taken) {
        if (givenUp) {
            failed.incrementAndGet();
            return;
        }
        long start = System.nanoTime();
        long failedBefore = failed.get();
        try {
            var _ = producer.send(
                    new ProducerRecord<>(topic, streamId.getBytes(StandardCharsets.UTF_8), record), (_, e) -> {
                        if (e == null) {
                            taken.run();
                        } else {
                            note(e);
                        }
                    });
        } catch (KafkaException e) {
            note(e);
        }
        // A topic that was deleted holds up each record for max.block.ms, and the frames with it.
        givenUp = failed.get() > failedBefore && System.nanoTime() - start > PATIENCE_NANOS;
    }

    private void note(Exception e) {
        failed.incrementAndGet();
        failure.compareAndSet(null, e);
    }

    /** What was sent, one line each; complete once the producer has been flushed. */
    public List<String> remarks() {
        List<String> lines = new ArrayList<>();
        tracks.values()
                .forEach(sent -> lines.add("sound: " + sent.packets + " packets of " + sent.track + " to " + topic));
        if (failed.get() > 0) {
            lines.add("sound: " + failed + " records could not be sent to " + topic + ": "
                    + failure.get().getMessage());
        }
        return lines;
    }
}
