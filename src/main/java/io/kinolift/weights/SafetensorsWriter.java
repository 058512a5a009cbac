package io.kinolift.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.kinolift.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Writes tensors as F32, in the map's order: the same tensors give the same bytes. */
public final class SafetensorsWriter {
    private SafetensorsWriter() {}

    /**
     * Writes a file, replacing one that is there.
     *
     * @throws IllegalArgumentException if a value is not finite, a name is the format's own, or the header is longer
     *     than is read back
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        tensors.forEach(SafetensorsWriter::check);
        byte[] header = header(tensors, metadata);
        int padded = Math.ceilDiv(header.length, Long.BYTES) * Long.BYTES;
        if (padded > Safetensors.MAX_HEADER_BYTES) {
            throw new IllegalArgumentException(
                    "expected a header of at most " + Safetensors.MAX_HEADER_BYTES + " bytes, found " + padded);
        }
        try (SeekableByteChannel channel = Files.newByteChannel(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer front = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
            front.putLong(padded).put(header);
            while (front.hasRemaining()) {
                front.put((byte) ' ');
            }
            writeFully(channel, front.flip());
            for (Tensor tensor : tensors.values()) {
                writeValues(channel, tensor.data());
            }
        }
    }

    private static void check(String name, Tensor tensor) {
        if (name.equals(Header.METADATA)) {
            throw new IllegalArgumentException("expected a name other than the format's own, found " + name);
        }
        for (float value : tensor.data()) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("expected finite values in tensor " + name + ", found " + value);
            }
        }
    }

    private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart(Header.METADATA);
                for (Map.Entry<String, String> entry : metadata.entrySet()) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            long begin = 0;
            for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
                begin = writeEntry(json, entry.getKey(), entry.getValue(), begin);
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static long writeEntry(JsonGenerator json, String name, Tensor tensor, long begin) throws IOException {
        long end = begin + (long) Float.BYTES * tensor.count();
        json.writeObjectFieldStart(name);
        json.writeStringField("dtype", Dtype.F32.name());
        json.writeFieldName("shape");
        json.writeArray(tensor.shape(), 0, tensor.rank());
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {begin, end}, 0, 2);
        json.writeEndObject();
        return end;
    }

    private static void writeValues(SeekableByteChannel channel, float[] values) throws IOException {
        int chunk = 1 << 16;
        ByteBuffer buffer = ByteBuffer.allocate(chunk * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += chunk) {
            int count = Math.min(chunk, values.length - from);
            buffer.clear().asFloatBuffer().put(values, from, count);
            writeFully(channel, buffer.limit(count * Float.BYTES));
        }
    }

    private static void writeFully(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
