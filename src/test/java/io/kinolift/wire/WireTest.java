package io.kinolift.wire;

import static io.kinolift.topology.TopologyFixture.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.kinolift.avro.Totals;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.property.Inputs;
import io.kinolift.property.Property;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.output.AvroOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
    private static final int HEADER = 10;
    private static final byte[] GOOD = FrameRecords.write(frame("a", 3));

    @Test
    void aFrame_comesBackWhole() throws Exception {
        EncodedFrame sent = frame("a", 3);
        EncodedFrame found = FrameRecords.frame(FrameRecords.parse(FrameRecords.write(sent)));
        assertThat(found).usingRecursiveComparison().isEqualTo(sent);
    }

    /** Somebody may delete a key of any topic. */
    @Test
    void aRecordWithoutAValue_isMalformed() {
        assertThatThrownBy(() -> FrameRecords.read((byte[]) null))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("expected a VideoFrame, found no value");
    }

    @Test
    void aFrame_liesInItsRecordAndIsNotCopied() throws Exception {
        EncodedFrame sent = frame("a", 3);
        WrittenFrame written = new AvroOutput().write(sent, new SourceFrame(sent, "t", 0, 0));
        assertThat(written.frame().payload()).isEqualTo(sent.payload());
        assertThat(written.frame().payload().array()).isSameAs(written.value());
        assertThat(FrameRecords.read(written.value()).payload()).isEqualTo(sent.payload());
        assertThat(FrameRecords.read(written.value()).payload().array()).isSameAs(written.value());
    }

    @Test
    void aPixelFormatThatTheSchemaCannotSay_isRefused() {
        EncodedFrame sent = frame("a", 3);
        for (PixelFormat format : PixelFormat.values()) {
            FrameFormat picture = sent.format().withPicture(format, 8, 8);
            EncodedFrame frame =
                    new EncodedFrame("a", 0, 0, 0, 1, sent.timeBase(), picture, true, false, 0, sent.payload());
            if (FrameRecords.pixelFormats().contains(format)) {
                assertThat(FrameRecords.write(frame)).as("%s", format).isNotEmpty();
            } else {
                assertThatThrownBy(() -> FrameRecords.write(frame))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("expected one of [GRAY8, ")
                        .hasMessageEndingWith("for a frame's record, found " + format);
            }
        }
        assertThat(FrameRecords.pixelFormats()).containsExactly(PixelFormat.values());
    }

    @Test
    void theEnd_comesBackWithItsTotals() throws Exception {
        Totals totals = new Totals(9L, 5L, 1L, Map.of("LATE", 2L, "DUPLICATE", 1L), 0L, 0L, 10L);
        VideoFrame end = FrameRecords.parse(FrameRecords.writeEnd("a", 4, 10, totals));
        assertThat(end.getEndOfStream()).isTrue();
        assertThat(end.getSession()).isEqualTo(4);
        assertThat(end.getSequence()).isEqualTo(10);
        assertThat(end.getTotals()).isEqualTo(totals);
        assertThat(end.getPayload().remaining()).isZero();
    }

    /** Written down, so that a change of the schema or the layout is seen: other programs read these bytes. */
    @Test
    void theEndOfAStream_isTheseBytes() {
        assertThat(HexFormat.of().formatHex(FrameRecords.writeEnd("a", 1, 2, null)))
                .matches("c301[0-9a-f]{16}" + "0261" + "02" + "04" + "00" + "00" + "00" + "02" + "02" + "00" + "00"
                        + "00" + "00" + "00" + "02" + "00" + "04" + "04" + "04" + "00" + "00" + "00" + "00" + "01"
                        + "00" + "00" + "00" + "00");
    }

    @Test
    void theConfluentLayout_isRead() throws Exception {
        byte[] confluent = new byte[GOOD.length - HEADER + 5];
        ByteBuffer.wrap(confluent).put((byte) 0).putInt(77).put(GOOD, HEADER, GOOD.length - HEADER);
        assertThat(FrameRecords.parse(confluent)).isEqualTo(FrameRecords.parse(GOOD));
    }

    @Test
    void aRecordWithASchemaId_isTheSameInTheConfluentLayout() throws Exception {
        byte[] confluent = Wire.withSchemaId(GOOD, 0x01020304);
        assertThat(confluent).startsWith(0, 1, 2, 3, 4).hasSize(GOOD.length - HEADER + 5);
        assertThat(FrameRecords.parse(confluent)).isEqualTo(FrameRecords.parse(GOOD));
    }

    @Test
    void anotherSchemasFingerprint_isNamed() {
        byte[] other = GOOD.clone();
        other[5]++;
        assertThatThrownBy(() -> FrameRecords.parse(other))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("expected the schema of VideoFrame with fingerprint");
    }

    @Test
    void everyTruncationAndOneByteMore_isMalformed() {
        for (int length = 0; length < GOOD.length; length++) {
            assertMalformed(Arrays.copyOf(GOOD, length));
        }
        assertMalformed(Arrays.copyOf(GOOD, GOOD.length + 1));
    }

    private static void assertMalformed(byte[] bytes) {
        assertThatThrownBy(() -> FrameRecords.parse(bytes))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageStartingWith("expected ");
    }

    /** Parsing and then checking gives a frame, or one kind of exception. */
    @Test
    void anyBytes_areAFrameOrMalformed() {
        Property.holds(3000, WireTest::assertAnyBytes);
    }

    private static void assertAnyBytes(Inputs inputs) {
        Random random = inputs.random();
        byte[] bytes = new byte[random.nextInt(400)];
        random.nextBytes(bytes);
        byte[] head = inputs.flag("singleObject") ? Arrays.copyOf(GOOD, HEADER) : new byte[5];
        System.arraycopy(head, 0, bytes, 0, Math.min(head.length, bytes.length));
        assertFrameOrMalformed(bytes);
    }

    @Test
    void flippedBytes_areAFrameOrMalformed() {
        Property.holds(3000, WireTest::assertFlippedBytes);
    }

    private static void assertFlippedBytes(Inputs inputs) {
        Random random = inputs.random();
        byte[] bytes = GOOD.clone();
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
            bytes[HEADER + random.nextInt(60)] = (byte) random.nextInt();
        }
        assertFrameOrMalformed(bytes);
    }

    private static void assertFrameOrMalformed(byte[] bytes) {
        try {
            EncodedFrame frame = FrameRecords.frame(FrameRecords.parse(bytes));
            assertThat(frame.payloadBytes()).isNotEmpty();
        } catch (MalformedRecordException e) {
            assertThat(e).hasMessageStartingWith("expected ");
        }
    }

    /** A length field that lies costs no memory: not below Avro's limit and not above it. */
    @ParameterizedTest
    @ValueSource(
            longs = {100_000_000, Integer.MAX_VALUE - 8, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE
            })
    void aLengthThatLies_isMalformedAndCostsNoMemory(long length) throws IOException {
        byte[] end = FrameRecords.writeEnd("a", 1, 2, null);
        // As the payload, which is the last field, and as the stream id, which is the first.
        byte[] payload = replaceTail(end, end.length - 1, length);
        byte[] streamId = replaceTail(end, HEADER, length);
        assertMalformed(payload);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (byte[] bytes : new byte[][] {payload, streamId}) {
            long before = threads.getCurrentThreadAllocatedBytes();
            assertMalformed(bytes);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(256 << 10);
        }
    }

    private static byte[] replaceTail(byte[] record, int at, long length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(record, 0, at);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        encoder.writeLong(length);
        encoder.flush();
        out.write(new byte[50]);
        return out.toByteArray();
    }
}
