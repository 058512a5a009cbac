package io.kinolift.topology;

import static io.kinolift.topology.TopologyFixture.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.Account;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.DropPolicy;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** Rows with the bytes that version 1 wrote: its changelogs can still be restored. */
class UpgradeTest {
    private static final Path V1 = Path.of("src/main/resources/io/kinolift/wire/published/v1");

    @Test
    void streamAndFrameRowsOfVersion1_areRead() throws IOException {
        try (TopologyFixture fixture = new TopologyFixture()) {
            WindowStore store = new WindowStore(fixture.store(AssembleWindows.STORE));
            fixture.<Bytes>store(AssembleWindows.STORE)
                    .put(Bytes.wrap("sa".getBytes(StandardCharsets.UTF_8)), streamRow());
            StreamRow row = store.streams().get("a");
            assertThat(row.updatedMillis()).isEqualTo(1234);
            assertThat(row.state().received()).isEqualTo(9);
            assertThat(row.state().held()).isEqualTo(2 + 1);
            assertThat(row.state().dropped()).isEqualTo(Map.of(DropPolicy.LATE, 1L));

            EncodedFrame frame = frame("a", 5);
            fixture.<Bytes>store(AssembleWindows.STORE).put(frameKey(), frameRow(frame));
            SourceFrame read = store.frames("a").get(0, 5);
            assertThat(read.isFilled()).isFalse();
            assertThat(read.offset()).isEqualTo(77);
            assertThat(read.frame().payloadBytes()).isEqualTo(frame.payloadBytes());
        }
    }

    /** A restart speaks of the same offset and time, also before the next record. */
    @Test
    void aStreamRow_saysUpToWhereItCounts() {
        try (TopologyFixture fixture = new TopologyFixture()) {
            fixture.send("a", 0, 3);
            StreamRow row = new WindowStore(fixture.store(AssembleWindows.STORE))
                    .streams()
                    .get("a");
            assertThat(row.offset()).isEqualTo(2);
            assertThat(row.timestamp()).isPositive();
        }
    }

    /** Places 5 and 6 in an open segment from 3 on, 9 waiting, 1 to 3 declared missing. */
    private static byte[] streamRow() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(1);
            out.writeLong(1234);
            out.writeByte(1);
            out.writeBoolean(true);
            out.writeBoolean(false);
            out.writeBoolean(true);
            out.writeUTF("RAW YUV420P 16x12 1/1000 1 Colour[range=UNSPECIFIED]");
            out.writeUTF("settings");
            for (long value : new long[] {0, 7, 3, 240, 2, 4, 1, 1, 3, 9}) {
                out.writeLong(value);
            }
            out.writeInt(1);
            out.writeLong(9);
            out.writeLong(288);
            out.writeInt(1);
            out.writeUTF("LATE");
            out.writeLong(1);
        }
        return bytes.toByteArray();
    }

    private static Bytes frameKey() {
        return Bytes.wrap(ByteBuffer.allocate(20)
                .put((byte) 'f')
                .putShort((short) 1)
                .put((byte) 'a')
                .putLong(0)
                .putLong(5)
                .array());
    }

    private static byte[] frameRow(EncodedFrame frame) {
        byte[] topic = "kinolift.frames".getBytes(StandardCharsets.UTF_8);
        byte[] record = FrameRecords.write(frame);
        return ByteBuffer.allocate(15 + topic.length + record.length)
                .put((byte) 1)
                .putInt(0)
                .putLong(77)
                .putShort((short) topic.length)
                .put(topic)
                .put(record)
                .array();
    }

    @Test
    void anAccountOfVersion1_goesOn() throws IOException {
        try (TopologyFixture fixture = new TopologyFixture()) {
            fixture.<String>store(AccountFrames.STORE).put("a/0", accountRow(AccountRow.NONE));
            fixture.send("a", 0, 2);
            fixture.end("a", 0, 2);
            Account account = last(fixture);
            assertThat(account.getTotals().getUpscaled()).isEqualTo(40 + 2);
            assertThat(account.getTotals().getEmitted()).isEqualTo(80 + 4);
            fixture.<String>store(AccountFrames.STORE).put("b/0", accountRow(7));
            assertThat(new AccountStore(fixture.store(AccountFrames.STORE)).get("b/0").rejectedAhead)
                    .isEqualTo(7);
        }
    }

    private static Account last(TopologyFixture fixture) {
        try {
            byte[] row = fixture.<String>store(AccountFrames.STORE).get("a/0");
            ByteBuffer in = ByteBuffer.wrap(row, 10, row.length - 10);
            byte[] record = new byte[in.remaining()];
            in.get(record);
            return new Wire<Account>(Account.getClassSchema()).read(record);
        } catch (MalformedRecordException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] accountRow(long rejectedAhead) throws IOException {
        SchemaParser parser = new SchemaParser();
        parser.parse(V1.resolve("VideoFrame.avsc"));
        Schema schema = parser.parse(V1.resolve("Account.avsc")).mainSchema();
        GenericRecord totals = new GenericData.Record(schema.getField("totals").schema());
        Map.of("received", 40L, "upscaled", 40L, "deadLettered", 0L, "held", 0L, "filled", 0L, "emitted", 80L)
                .forEach(totals::put);
        totals.put("dropped", Map.of());
        GenericRecord account = new GenericData.Record(schema);
        Map.of(
                        "streamId",
                        "a",
                        "session",
                        0L,
                        "sourceTopic",
                        "t",
                        "sourcePartition",
                        0,
                        "sourceOffset",
                        41L,
                        "ended",
                        false,
                        "totals",
                        totals)
                .forEach(account::put);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(8).putLong(rejectedAhead).array());
        bytes.writeBytes(ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 1)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(account, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
