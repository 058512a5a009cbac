package io.kinolift.transfer;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.engine.CodecPool;
import io.kinolift.engine.EncodedPayload;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.sound.SoundSender;
import io.kinolift.video.CodedPicture;
import io.kinolift.video.PictureSource;
import io.kinolift.video.TimedPicture;
import io.kinolift.wire.FrameRecords;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends the pictures of a video as a stream of frame records, in order, and its end; and its sound, if asked. */
public final class Ingest {
    private final Producer<byte[], byte[]> producer;
    private final Settings settings;
    /** Null sends no sound. */
    private final SoundSender sound;

    private final AtomicReference<Exception> sendFailure = new AtomicReference<>();
    private long sendNanos;

    /**
     * Where the frames go, and how they are encoded.
     *
     * @param partition of the topic; null leaves it to Kafka's hash of the key
     * @param streamId the key of every record
     * @param threads threads that encode
     */
    public record Settings(
            String topic,
            Integer partition,
            String streamId,
            long session,
            Codec codec,
            EncoderSettings encoder,
            int threads) {}

    public Ingest(Producer<byte[], byte[]> producer, Settings settings) {
        this(producer, settings, null);
    }

    /** @param sound gets the sound that comes with the pictures; null for none */
    public Ingest(Producer<byte[], byte[]> producer, Settings settings, SoundSender sound) {
        this.producer = producer;
        this.settings = settings;
        this.sound = sound;
    }

    /**
     * Sends all of a video.
     *
     * @param sent hears how many frames have been sent
     * @return the number of frames sent
     */
    public long run(PictureSource source, Pace pace, LongConsumer sent)
            throws VideoException, TransferException, InterruptedException {
        long sequence = 0;
        long delivered = 0;
        try (CodecPool codecs = new CodecPool(DecoderLimits.DEFAULT);
                InOrder<byte[]> encoding = new InOrder<>(settings.threads())) {
            Rational timeBase = source.timeBase();
            if (sound != null) {
                sound.announce(source.soundTracks());
            }
            for (TimedPicture next = source.next(); next != null; next = source.next()) {
                TimedPicture picture = next;
                long number = sequence++;
                try {
                    sendSound(source);
                    pace.awaitTurn(number);
                    if (encoding.isFull()) {
                        send(encoding.next());
                        sent.accept(++delivered);
                    }
                    encoding.submit(() -> encode(codecs, picture, number, timeBase));
                } catch (TransferException | InterruptedException | RuntimeException | Error e) {
                    picture.close();
                    throw e;
                }
            }
            while (!encoding.isEmpty()) {
                send(encoding.next());
                sent.accept(++delivered);
            }
        }
        endSound(source);
        byte[] end = FrameRecords.writeEnd(settings.streamId(), settings.session(), sequence, null);
        send(end);
        producer.flush();
        requireSent();
        return sequence;
    }

    private void sendSound(PictureSource source) {
        if (sound != null) {
            sound.send(source.sound());
        }
    }

    /** Whoever sees the end of the frames finds all of the sound. */
    private void endSound(PictureSource source) {
        if (sound != null) {
            sound.send(source.sound());
            sound.end();
            producer.flush();
        }
    }

    /** @return the record */
    private byte[] encode(CodecPool codecs, TimedPicture timed, long sequence, Rational timeBase)
            throws FrameCodecException {
        long captureMicros = System.currentTimeMillis() * 1000;
        if (timed.coded() != null) {
            return FrameRecords.write(passedOn(timed, sequence, timeBase, captureMicros));
        }
        try (timed) {
            Picture picture = timed.picture();
            FrameFormat format = new FrameFormat(
                    settings.codec(),
                    picture.format(),
                    picture.width(),
                    picture.height(),
                    timed.sampleAspectRatio(),
                    timed.colour());
            try (EncodedPayload payload = codecs.encode(format, picture, settings.encoder())) {
                return FrameRecords.write(new EncodedFrame(
                        settings.streamId(),
                        settings.session(),
                        sequence,
                        timed.pts(),
                        timed.duration(),
                        timeBase,
                        format,
                        true,
                        // On frame 0 a mark means that the stream begins anew.
                        timed.discontinuity() && sequence > 0,
                        captureMicros,
                        payload.bytes()));
            }
        }
    }

    /** A picture that is not encoded anew. */
    private EncodedFrame passedOn(TimedPicture timed, long sequence, Rational timeBase, long captureMicros) {
        CodedPicture coded = timed.coded();
        return new EncodedFrame(
                settings.streamId(),
                settings.session(),
                sequence,
                timed.pts(),
                coded.hasDts() ? timed.order() : EncodedFrame.NO_DTS,
                timed.duration(),
                timeBase,
                coded.format(),
                timed.keyFrame(),
                timed.discontinuity() && sequence > 0,
                captureMicros,
                coded.payload());
    }

    private void send(byte[] record) throws TransferException {
        requireSent();
        long start = System.nanoTime();
        var _ = producer.send(
                new ProducerRecord<>(settings.topic(), settings.partition(), key(), record), (_, failure) -> {
                    if (failure != null) {
                        sendFailure.compareAndSet(null, failure);
                    }
                });
        sendNanos += System.nanoTime() - start;
    }

    /** Time spent handing records to Kafka, once {@link #run} has returned. */
    long sendNanos() {
        return sendNanos;
    }

    private void requireSent() throws TransferException {
        if (sendFailure.get() != null) {
            throw new TransferException(
                    "sending to " + settings.topic() + " failed: "
                            + sendFailure.get().getMessage(),
                    sendFailure.get());
        }
    }

    private byte[] key() {
        return settings.streamId().getBytes(StandardCharsets.UTF_8);
    }
}
