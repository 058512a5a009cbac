package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a producer that delivers when it is told to. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutboxTest {
    private static final int SIDE = 16;
    private static final int PICTURE_BYTES = SIDE * SIDE;

    private final Encoders encoders = new Encoders(new EncoderSettings(2, false));
    private Outbox outbox;

    @AfterEach
    void close() {
        outbox.close();
        encoders.close();
    }

    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void open(MockProducer<byte[], byte[]> producer, long inFlightBytes) {
        Outbox.Settings settings = new Outbox.Settings("frames", "s", 1, 2, 1 << 20, inFlightBytes);
        outbox = new Outbox(producer, encoders, settings);
    }

    private static Outbox.Job job(int number) {
        Picture picture =
                AvPictures.wrap(AvPictures.allocateFrame(avutil.AV_PIX_FMT_GRAY8, SIDE, SIDE), PixelFormat.GRAY8);
        FrameFormat format =
                new FrameFormat(Codec.RAW, PixelFormat.GRAY8, SIDE, SIDE, Rational.ZERO, Colour.UNSPECIFIED);
        Shot shot = new Shot(picture, Rational.ZERO, Colour.UNSPECIFIED);
        return new Outbox.Job(shot, format, 40_000L * number, 40_000, false, 0);
    }

    @Test
    void whatIsUnderWay_isBounded() throws Exception {
        MockProducer<byte[], byte[]> producer = producer();
        open(producer, 5 * PICTURE_BYTES / 2);
        assertThat(outbox.add(job(0))).isTrue();
        await().until(() -> producer.history().size() == 1);
        FutureTask<Integer> adding = new FutureTask<>(() -> {
            int added = 1;
            while (added < 10 && outbox.add(job(added))) {
                added++;
            }
            return added;
        });
        Thread thread = Thread.ofPlatform().daemon().start(adding);
        await().until(() -> thread.getState() == Thread.State.WAITING);
        assertThat(producer.history()).as("of ten pictures").hasSizeLessThanOrEqualTo(2);
        while (!adding.isDone()) {
            var _ = producer.completeNext();
            Thread.onSpinWait();
        }
        assertThat(adding.get()).isEqualTo(10);
    }

    @Test
    void aPictureLargerThanTheBound_goesAlone() throws Exception {
        MockProducer<byte[], byte[]> producer = producer();
        open(producer, 1);
        assertThat(outbox.add(job(0))).isTrue();
        await().until(producer::completeNext);
        assertThat(outbox.add(job(1))).isTrue();
        await().until(producer::completeNext);
        outbox.flush();
        assertThat(outbox.failure()).isNull();
    }

    /** Whatever ends the sender must end the waits for it. */
    @Test
    void anErrorOfTheSender_endsFlushAndEnd() throws Exception {
        open(
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public synchronized Future<RecordMetadata> send(
                            ProducerRecord<byte[], byte[]> record, Callback callback) {
                        throw new OutOfMemoryError("as in a small heap");
                    }
                },
                1 << 20);
        assertThat(outbox.add(job(0))).isTrue();
        outbox.flush();
        assertThat(outbox.failure()).contains("OutOfMemoryError", "as in a small heap");
        outbox.end();
        assertThat(outbox.add(job(1))).isFalse();
    }

    /** Else the producer goes on with what it holds. */
    @Test
    void theFirstRecordThatIsLost_closesTheProducer() throws Exception {
        MockProducer<byte[], byte[]> producer = producer();
        open(producer, 1 << 20);
        for (int i = 0; i < 3; i++) {
            assertThat(outbox.add(job(i))).isTrue();
        }
        await().until(() -> producer.history().size() == 3);
        assertThat(producer.completeNext()).isTrue();
        assertThat(producer.errorNext(new TimeoutException("120 ms have passed")))
                .isTrue();
        assertThat(outbox.failure()).endsWith("found 120 ms have passed");
        assertThat(producer.closed()).isTrue();
        outbox.end();
    }
}
