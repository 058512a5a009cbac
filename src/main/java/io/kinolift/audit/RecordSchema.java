package io.kinolift.audit;

import io.kinolift.avro.Account;
import io.kinolift.avro.AudioPacket;
import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.VideoFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The schema of a record on a topic, for programs that write or read it.
 *
 * @param json the schema with the documentation of every field
 * @param fingerprint Avro's CRC-64 of it, in hexadecimal
 * @param header the ten bytes before a record in Avro's single-object encoding, in hexadecimal
 */
public record RecordSchema(String name, String json, String fingerprint, String header) {
    /** All that Kinolift writes. */
    public static List<RecordSchema> all() {
        return List.of(
                of(VideoFrame.getClassSchema()),
                of(DeadLetter.getClassSchema()),
                of(Account.getClassSchema()),
                of(AudioPacket.getClassSchema()));
    }

    private static RecordSchema of(Schema schema) {
        long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
        byte[] header = ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(fingerprint)
                .array();
        return new RecordSchema(
                schema.getName(),
                schema.toString(true),
                String.format(Locale.ROOT, "%016X", fingerprint),
                HexFormat.ofDelimiter(" ").withUpperCase().formatHex(header));
    }
}
