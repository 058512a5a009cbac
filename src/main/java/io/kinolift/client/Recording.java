package io.kinolift.client;

import io.kinolift.codec.FrameCodecs;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;

/** All that a recorder has open between start and stop: one session of the stream. */
record Recording(
        RecorderSettings settings,
        Producer<byte[], byte[]> producer,
        Encoders encoders,
        Outbox outbox,
        FrameReader reader,
        RecordClock clock)
        implements AutoCloseable {
    private static final int ASPECT_LIMIT = 255;

    /**
     * Connects.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker is away, or there is no such topic
     */
    static Recording open(Address address, RecorderSettings settings, long session) throws InterruptedException {
        String servers = address.bootstrapServers();
        int maxBytes = KafkaSettings.maxMessageBytes(servers, settings.kafka(), settings.topic());
        long bufferBytes = Math.max(settings.inFlightBytes(), 2L * maxBytes);
        Producer<byte[], byte[]> producer =
                KafkaSettings.producer(servers, settings.kafka(), bufferBytes, settings.topic());
        Encoders encoders = new Encoders(settings.encoder());
        Outbox outbox = new Outbox(
                producer,
                encoders,
                new Outbox.Settings(
                        settings.topic(),
                        address.streamId(),
                        session,
                        settings.threads(),
                        maxBytes,
                        settings.inFlightBytes()));
        return new Recording(settings, producer, encoders, outbox, new FrameReader(), new RecordClock());
    }

    /**
     * The format of a picture's record.
     *
     * @param aspectRatio width of a sample over its height; 0 takes what the frame says
     * @throws VideoException if the codec that was asked for does not hold such pictures
     */
    FrameFormat format(Shot shot, double aspectRatio) throws VideoException {
        PixelFormat pixels = shot.picture().format();
        Codec codec = settings.codec() == null ? FrameCodecs.usual(pixels) : settings.codec();
        if (!FrameCodecs.supported(codec).contains(pixels)) {
            throw new VideoException("expected one of " + FrameCodecs.supported(codec) + " for codec " + codec
                    + ", found " + pixels + " (codec " + FrameCodecs.usual(pixels) + " holds it)");
        }
        return new FrameFormat(
                codec,
                pixels,
                shot.picture().width(),
                shot.picture().height(),
                aspectRatio > 0 ? rational(aspectRatio) : shot.aspect(),
                shot.colour());
    }

    private static Rational rational(double value) {
        try (AVRational ratio = avutil.av_d2q(value, ASPECT_LIMIT)) {
            return Ffmpeg.rational(ratio);
        }
    }

    /** Gives up what is under way. */
    @Override
    public void close() {
        outbox.close();
        producer.close(Duration.ZERO);
        encoders.close();
        reader.close();
    }
}
