package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.wire.FrameRecords;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.bytedeco.javacv.FrameGrabber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of five frames at 10 per second, with a consumer that has all of them. */
class GrabbedStreamTest {
    private static final String TOPIC = "frames";
    private static final int FRAMES = 5;

    private final AtomicBoolean stopping = new AtomicBoolean();
    private final LeftOut leftOut = new LeftOut();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private StreamReader.End end;
    private GrabbedStream stream;

    @BeforeEach
    void open() throws Exception {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        GrabberSettings settings = new GrabberSettings(TOPIC, null, false, false, null, Map.of());
        stream = new GrabbedStream(
                consumer, "s", settings, new GrabbedStream.Owner(() -> 1000, stopping::get, leftOut, it -> end = it));
        stream.open();
        addAll();
    }

    /** Each record is there for one poll, wherever that begins. */
    private void addAll() {
        addAll(0);
    }

    /** From an offset on. */
    private void addAll(int start) {
        FrameFormat format = new FrameFormat(Codec.RAW, PixelFormat.GRAY8, 2, 2, Rational.ZERO, Colour.UNSPECIFIED);
        for (int i = 0; i < FRAMES; i++) {
            EncodedFrame frame = new EncodedFrame(
                    "s", 1, i, i, 0, Rational.of(1, 10), format, true, false, 0, ByteBuffer.wrap(new byte[4]));
            add(start + i, FrameRecords.write(frame));
        }
        add(start + FRAMES, FrameRecords.writeEnd("s", 1, FRAMES, null));
    }

    private void add(int offset, byte[] record) {
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, "s".getBytes(StandardCharsets.UTF_8), record));
    }

    @AfterEach
    void close() {
        stream.close();
        assertThat(consumer.closed()).isTrue();
    }

    private long next() throws Exception {
        return stream.next().frame().sequence();
    }

    @Test
    void whatIsLookedAt_isNotTaken() throws Exception {
        assertThat(stream.lookAhead().sequence()).isZero();
        assertThat(stream.frameRate()).isEqualTo(10);
        assertThat(stream.lookAhead().sequence()).isZero();
        stream.seekTime(0);
        assertThat(next()).isZero();
        assertThat(next()).isEqualTo(1);
    }

    @Test
    void theEnd_isToldOnceAndHasALength() throws Exception {
        stream.lookAhead();
        assertThat(stream.skip(FRAMES + 1)).isEqualTo(FRAMES);
        assertThat(end).isEqualTo(new StreamReader.End(FRAMES, null));
        assertThat(stream.lengthInFrames()).isEqualTo(FRAMES);
        assertThat(stream.lengthInMicros()).isEqualTo(500_000);
        assertThat(stream.next()).isNull();
        stream.proceed();
        assertThat(stream.lengthInMicros()).isZero();
    }

    @Test
    void aStreamThatBeginsAnewInTheSameSession_isRead_andRewoundToItsNewBeginning() throws Exception {
        stream.lookAhead();
        assertThat(stream.skip(FRAMES + 1)).isEqualTo(FRAMES);
        stream.proceed();
        addAll(FRAMES + 1);
        StreamReader.Picture first = stream.next();
        assertThat(first.frame().sequence()).isZero();
        assertThat(first.afterBreak()).isTrue();
        assertThat(first.restarts()).isTrue();
        assertThat(next()).isEqualTo(1);
        addAll(FRAMES + 1);
        stream.seekSequence(0);
        assertThat(next()).isZero();
        assertThat(stream.skip(FRAMES)).isEqualTo(FRAMES - 1);
    }

    /** One that decodes for long finds its next frames in memory. */
    @Test
    void aThreadThatHasFrames_stopsToo() throws Exception {
        stream.lookAhead();
        assertThat(next()).isZero();
        stopping.set(true);
        assertThatThrownBy(stream::next)
                .isInstanceOf(FrameGrabber.Exception.class)
                .hasMessage("expected a frame, found the grabber stopped");
        stopping.set(false);
        assertThat(next()).isEqualTo(1);
    }

    @Test
    void aWakeupBetweenTwoWaits_endsTheSecond() throws Exception {
        stream.wakeup();
        assertThatThrownBy(stream::next).hasMessage("expected a frame, found the grabber stopped");
    }

    @Test
    void aFrameThatIsLeftOut_isCountedAndMovesThePosition() throws Exception {
        stream.lookAhead();
        stream.skip(3);
        stream.leaveOut(stream.next(), new Exception("damaged"));
        assertThat(leftOut.count()).isEqualTo(1);
        assertThat(leftOut.last()).isEqualTo("frames-0@3, sequence 3: damaged");
        addAll();
        stream.seekSequence(3);
        assertThat(next()).isEqualTo(3);
    }
}
