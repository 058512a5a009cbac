package io.kinolift.wire;

import io.kinolift.avro.VideoFrame;
import io.kinolift.registry.SchemaRegistry;
import io.kinolift.registry.UnknownSchemaException;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ByteBufferInputStream;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * The wire format of one record type. Writes Avro single-object encoding (0xC3 0x01, little-endian CRC-64 fingerprint of
 * the schema, Avro binary) and also reads the Confluent layout (0x00, four bytes of schema id, Avro binary). There, a
 * registry gives the writer's schema; without a registry, the body must be of the current schema. Records of all
 * schemas that were published earlier are still read.
 */
public final class Wire<T extends SpecificRecordBase> {
    private static final int SINGLE_OBJECT_HEADER = 10;
    private static final int CONFLUENT_HEADER = 5;
    private static final int MAX_READERS = 16;

    static {
        // Avro allocates the length that a field claims before it checks that so many bytes are left. No text of ours
        // is longer.
        setDefault("org.apache.avro.limits.bytes.maxLength", 128 << 20);
        setDefault("org.apache.avro.limits.string.maxLength", 1 << 16);
        setDefault("org.apache.avro.limits.collectionItems.maxLength", 1 << 16);
        // Avro makes objects of trusted classes only.
        String trusted = VideoFrame.class.getPackageName();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(trusted)));
    }

    private final Schema schema;
    private final long fingerprint;
    /** The schemas that a record may have been written with, by fingerprint. */
    private final Map<Long, Schema> writers;
    /** By the writer's schema. Making a reader costs more than a read, and each is for one thread. */
    private final ThreadLocal<Readers<T>> readers = ThreadLocal.withInitial(Readers::new);

    public Wire(Schema schema) {
        this.schema = schema;
        this.fingerprint = SchemaNormalization.parsingFingerprint64(schema);
        this.writers = PublishedSchemas.of(schema.getName());
        writers.put(fingerprint, schema);
    }

    /** The record. It is encoded twice, first to learn its size: that costs less than copying the payload again. */
    public byte[] write(T record) {
        ByteBuffer bytes = ByteBuffer.allocate(size(record));
        write(record, bytes);
        return bytes.array();
    }

    /** How many bytes the record has. */
    int size(T record) {
        CountingStream size = new CountingStream();
        encode(record, size);
        return Math.addExact(SINGLE_OBJECT_HEADER, size.count);
    }

    /** Puts the record where the buffer is. */
    void write(T record, ByteBuffer bytes) {
        ByteBuffer header = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 0xC3).put((byte) 0x01).putLong(fingerprint);
        encode(record, new BufferStream(bytes.position(header.position())));
    }

    private void encode(T record, OutputStream out) {
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new SpecificDatumWriter<T>(schema).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not more than a few: a registry may name schemas by the thousand. In order of use. */
    private static final class Readers<T> extends LinkedHashMap<Schema, DatumReader<T>> {
        private static final long serialVersionUID = 1;

        Readers() {
            super(MAX_READERS, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Schema, DatumReader<T>> eldest) {
            return size() > MAX_READERS;
        }
    }

    private static final class CountingStream extends OutputStream {
        private int count;

        @Override
        public void write(int b) {
            count = Math.addExact(count, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count = Math.addExact(count, length);
        }
    }

    private static final class BufferStream extends OutputStream {
        private final ByteBuffer buffer;

        BufferStream(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public void write(int b) {
            buffer.put((byte) b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            buffer.put(bytes, offset, length);
        }
    }

    /**
     * One buffer, whose parts are handed out where they are. They begin at a position of the whole array, not at an
     * offset of it: Avro makes a string of bytes from array and position.
     */
    private static final class RecordStream extends ByteBufferInputStream {
        private final ByteBuffer record;

        /** @param record from the first byte of its array on */
        RecordStream(ByteBuffer record) {
            super(List.of(record));
            this.record = record;
        }

        @Override
        public ByteBuffer readBuffer(int length) throws EOFException {
            if (length > record.remaining()) {
                throw new EOFException();
            }
            int end = record.position() + length;
            ByteBuffer part = record.duplicate().limit(end);
            record.position(end);
            return part;
        }
    }

    /**
     * Reads a record from all of these bytes. Its fields of bytes are views of them, not copies.
     *
     * @param bytes null for a record without a value
     * @throws MalformedRecordException if the bytes are not one whole record of this type
     */
    public T read(byte[] bytes) throws MalformedRecordException {
        if (bytes == null) {
            throw MalformedRecordException.unparseable("expected a " + schema.getName() + ", found no value");
        }
        return read(bytes, Optional.empty());
    }

    /** @throws io.kinolift.registry.RegistryException if the registry must be asked and is away for too long */
    T read(byte[] bytes, Optional<SchemaRegistry> registry) throws MalformedRecordException {
        return read(ByteBuffer.wrap(bytes), registry);
    }

    /** @param bytes with an array; all that remains is the record */
    T read(ByteBuffer bytes, Optional<SchemaRegistry> registry) throws MalformedRecordException {
        Schema writer = writer(bytes.slice(), registry);
        int header = bytes.get(bytes.position()) == 0 ? CONFLUENT_HEADER : SINGLE_OBJECT_HEADER;
        ByteBuffer body = ByteBuffer.wrap(
                bytes.array(), bytes.arrayOffset() + bytes.position() + header, bytes.remaining() - header);
        try {
            DatumReader<T> reader =
                    readers.get().computeIfAbsent(writer, _ -> new SpecificDatumReader<>(writer, schema));
            T record = reader.read(null, DecoderFactory.get().directBinaryDecoder(new RecordStream(body), null));
            if (body.hasRemaining()) {
                throw MalformedRecordException.unparseable(
                        "expected one " + schema.getName() + ", found more bytes behind it");
            }
            return record;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // The writer's schema may be a stranger's: whatever Avro makes of it is the fault of this record.
            throw MalformedRecordException.unparseable(
                    "expected a " + schema.getName() + " in Avro binary, found " + bytes.remaining()
                            + " bytes that are not: "
                            + problem(e),
                    e);
        }
    }

    private static String problem(Throwable e) {
        return switch (e) {
            case EOFException _ -> "they end too early";
            case StackOverflowError _ -> "the writer's schema contains itself without an end";
            default -> e.getMessage();
        };
    }

    private static Schema byId(int id, SchemaRegistry registry) throws MalformedRecordException {
        try {
            return registry.byId(id);
        } catch (UnknownSchemaException e) {
            throw MalformedRecordException.unparseable(e.getMessage(), e);
        }
    }

    /**
     * The same record with the Confluent layout's header.
     *
     * @param record as {@link #write} gives it
     */
    static byte[] withSchemaId(byte[] record, int id) {
        return ByteBuffer.allocate(CONFLUENT_HEADER + record.length - SINGLE_OBJECT_HEADER)
                .put((byte) 0)
                .putInt(id)
                .put(record, SINGLE_OBJECT_HEADER, record.length - SINGLE_OBJECT_HEADER)
                .array();
    }

    private Schema writer(ByteBuffer bytes, Optional<SchemaRegistry> registry) throws MalformedRecordException {
        int length = bytes.remaining();
        if (length >= SINGLE_OBJECT_HEADER && bytes.get(0) == (byte) 0xC3 && bytes.get(1) == 0x01) {
            long found = bytes.order(ByteOrder.LITTLE_ENDIAN).getLong(2);
            Schema writer = writers.get(found);
            if (writer == null) {
                throw MalformedRecordException.unparseable(String.format(
                        "expected the schema of %s with fingerprint %016x or an earlier one, found fingerprint %016x",
                        schema.getName(), fingerprint, found));
            }
            return writer;
        }
        if (length >= CONFLUENT_HEADER && bytes.get(0) == 0) {
            return registry.isPresent() ? byId(bytes.getInt(1), registry.get()) : schema;
        }
        throw MalformedRecordException.unparseable(
                "expected Avro single-object encoding (C3 01 ...) or the Confluent layout (00 ...), found "
                        + (length == 0 ? "no bytes" : String.format("%d bytes from %02X", length, bytes.get(0))));
    }

    private static void setDefault(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
