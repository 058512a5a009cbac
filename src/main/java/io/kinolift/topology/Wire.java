package io.kinolift.topology;

import io.kinolift.avro.VideoFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * The wire format of one record type. Writes Avro single-object encoding (0xC3 0x01, little-endian CRC-64 fingerprint of
 * the schema, Avro binary) and also reads the Confluent layout (0x00, four bytes of schema id, Avro binary), taking the
 * body to be of the current schema. What was written with a schema that was published earlier is still read.
 */
public final class Wire<T extends SpecificRecordBase> {
    private static final int SINGLE_OBJECT_HEADER = 10;
    private static final int CONFLUENT_HEADER = 5;

    static {
        // Avro allocates what a length field claims before it looks whether so many bytes are there.
        setDefault("org.apache.avro.limits.bytes.maxLength", 128 << 20);
        setDefault("org.apache.avro.limits.string.maxLength", 1 << 20);
        setDefault("org.apache.avro.limits.collectionItems.maxLength", 1 << 16);
        // Avro makes no object of a class that nobody vouched for.
        String trusted = VideoFrame.class.getPackageName();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(trusted)));
    }

    private final Schema schema;
    private final long fingerprint;
    /** What a record may have been written with, by fingerprint. */
    private final Map<Long, Schema> writers;

    public Wire(Schema schema) {
        this.schema = schema;
        this.fingerprint = SchemaNormalization.parsingFingerprint64(schema);
        this.writers = PublishedSchemas.of(schema.getName());
        writers.put(fingerprint, schema);
    }

    public byte[] write(T record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        byte[] header = new byte[SINGLE_OBJECT_HEADER];
        header[0] = (byte) 0xC3;
        header[1] = 0x01;
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(2, fingerprint);
        out.writeBytes(header);
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new SpecificDatumWriter<T>(schema).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** @throws MalformedRecordException if the bytes are not one whole record of this type */
    public T read(byte[] bytes) throws MalformedRecordException {
        Schema writer = writer(bytes);
        int header = bytes[0] == 0 ? CONFLUENT_HEADER : SINGLE_OBJECT_HEADER;
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, header, bytes.length - header, null);
        try {
            T record = new SpecificDatumReader<T>(writer, schema).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new MalformedRecordException("expected one " + schema.getName() + ", found more bytes behind it");
            }
            return record;
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | UnsupportedOperationException e) {
            throw new MalformedRecordException(
                    "expected a " + schema.getName() + " in Avro binary, found " + bytes.length + " bytes that are not: "
                            + e.getMessage());
        }
    }

    private Schema writer(byte[] bytes) throws MalformedRecordException {
        if (bytes.length >= SINGLE_OBJECT_HEADER && bytes[0] == (byte) 0xC3 && bytes[1] == 0x01) {
            long found = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
            Schema writer = writers.get(found);
            if (writer == null) {
                throw new MalformedRecordException(String.format(
                        "expected the schema of %s with fingerprint %016x or an earlier one, found fingerprint %016x",
                        schema.getName(), fingerprint, found));
            }
            return writer;
        }
        if (bytes.length >= CONFLUENT_HEADER && bytes[0] == 0) {
            return schema;
        }
        throw new MalformedRecordException(
                "expected Avro single-object encoding (C3 01 ...) or the Confluent layout (00 ...), found "
                        + (bytes.length == 0 ? "no bytes" : String.format("%d bytes from %02X", bytes.length, bytes[0])));
    }

    private static void setDefault(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
