package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.sound.SoundSender;
import io.kinolift.video.PictureSource;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.TimedPicture;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pictures that were read are closed, however the sending ends. */
@Timeout(30)
class IngestTest {
    private static final int FRAMES = 10;

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<Picture> read = new ArrayList<>();

    @Test
    void allAreSent() throws Exception {
        assertThat(ingest().run(new Noise(), Pace.unbounded(), _ -> {})).isEqualTo(FRAMES);
        assertThat(producer.history()).hasSize(FRAMES + 1);
        assertThat(read).hasSize(FRAMES).allMatch(Picture::isClosed);
    }

    @Test
    void anInterrupt_whileItWaitsForItsTurn() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ingest().run(new Noise(), new Pace(2), _ -> {}))
                .isInstanceOf(InterruptedException.class);
        assertThat(read).hasSize(3).allMatch(Picture::isClosed);
    }

    @Test
    void aBrokerThatRefuses() {
        producer.sendException = new RecordTooLargeException("too large");
        assertThatThrownBy(() -> ingest().run(new Noise(), Pace.unbounded(), _ -> {}))
                .isSameAs(producer.sendException);
        assertThat(read).hasSizeLessThan(FRAMES).allMatch(Picture::isClosed);
    }

    @Test
    void soundThatCannotBeRead() {
        PictureSource mute = new Noise() {
            @Override
            public List<SoundPacket> sound() {
                throw new OutOfMemoryError("no native memory");
            }
        };
        SoundSender sound = new SoundSender(producer, "audio", "s", 0);
        assertThatThrownBy(() -> new Ingest(producer, settings(), sound).run(mute, Pace.unbounded(), _ -> {}))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(read).hasSize(1).allMatch(Picture::isClosed);
    }

    private Ingest ingest() {
        return new Ingest(producer, settings());
    }

    private static Ingest.Settings settings() {
        return new Ingest.Settings("frames", null, "s", 0, Codec.RAW, EncoderSettings.DEFAULT, 1);
    }

    private class Noise implements PictureSource {
        @Override
        public TimedPicture next() {
            if (read.size() == FRAMES) {
                return null;
            }
            Picture picture = TestPictures.noise(PixelFormat.GRAY8, 16, 12, read.size());
            read.add(picture);
            return new TimedPicture(picture, read.size() * 40L, 40, true, Rational.ONE, Colour.UNSPECIFIED);
        }

        @Override
        public Rational timeBase() {
            return Rational.of(1, 1000);
        }

        @Override
        public long promisedFrames() {
            return FRAMES;
        }

        @Override
        public void close() {}
    }
}
