package io.kinolift.weights;

import io.kinolift.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file in memory: 8 bytes of little-endian header length, a JSON header, and the tensors' bytes.
 *
 * <p>Nothing in a file is trusted. Before the tensors are read, it is certain that the header lies inside the file,
 * that every tensor has its own bytes, and that no bytes are left over. Reading therefore needs memory only for the
 * file itself and the entries of its header, whatever the file claims.
 */
public final class Safetensors {
    /** Longest header that is read, in bytes: some hundred thousand tensors. */
    public static final int MAX_HEADER_BYTES = 10 << 20;

    /** Most bytes of tensors that are read. */
    public static final int MAX_DATA_BYTES = Integer.MAX_VALUE - 8;

    private final Map<String, String> metadata;
    private final Map<String, Entry> entries;
    private final ByteBuffer data;

    private Safetensors(Header header, ByteBuffer data) {
        this.metadata = Collections.unmodifiableMap(header.metadata());
        this.entries = new LinkedHashMap<>();
        header.entries().forEach(entry -> entries.put(entry.name(), entry));
        this.data = data;
    }

    /**
     * Reads and checks a file. Values are checked when a tensor is asked for.
     *
     * @throws SafetensorsException if the file is not well-formed, or beyond the limits above
     * @throws IOException if the file cannot be read
     */
    public static Safetensors read(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return read(channel, channel.size());
        } catch (SafetensorsException e) {
            throw new SafetensorsException(file + ": " + e.getMessage(), e);
        }
    }

    /** Reads and checks a file that is in memory; errors as above. */
    static Safetensors read(byte[] file) throws IOException {
        return read(Channels.newChannel(new ByteArrayInputStream(file)), file.length);
    }

    private static Safetensors read(ReadableByteChannel channel, long fileBytes) throws IOException {
        if (fileBytes < Long.BYTES) {
            throw new SafetensorsException("expected at least 8 bytes, found " + fileBytes);
        }
        long headerBytes = readFully(channel, Long.BYTES).getLong();
        long rest = fileBytes - Long.BYTES;
        if (headerBytes < 2 || headerBytes > Math.min(rest, MAX_HEADER_BYTES)) {
            throw new SafetensorsException("expected a header of 2 to " + Math.min(rest, MAX_HEADER_BYTES)
                    + " bytes, found " + Long.toUnsignedString(headerBytes));
        }
        Header header = Header.parse(decode(readFully(channel, (int) headerBytes)));
        long dataBytes = rest - headerBytes;
        header.checkLayout(dataBytes);
        if (dataBytes > MAX_DATA_BYTES) {
            throw new SafetensorsException(
                    "expected at most " + MAX_DATA_BYTES + " bytes of tensors, found " + dataBytes);
        }
        return new Safetensors(header, readFully(channel, (int) dataBytes));
    }

    private static ByteBuffer readFully(ReadableByteChannel channel, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new SafetensorsException("expected " + bytes + " bytes, found " + buffer.position());
            }
        }
        return buffer.flip();
    }

    private static String decode(ByteBuffer header) throws SafetensorsException {
        if (header.get(0) != '{') {
            throw new SafetensorsException(
                    "expected a header that begins with {, found byte " + (header.get(0) & 0xff));
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(header).toString();
        } catch (CharacterCodingException e) {
            throw new SafetensorsException("expected a header in UTF-8", e);
        }
    }

    /** The file's metadata; empty if it has none. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The names of the tensors, in the header's order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /**
     * One tensor of 1 to 5 dimensions, of F32, F16 or BF16, as float32.
     *
     * @throws SafetensorsException if there is no such tensor, it is of another kind, or a value is not finite
     */
    public Tensor tensor(String name) throws SafetensorsException {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new SafetensorsException("expected a tensor " + name + ", found " + summary());
        }
        int count = (int) ((entry.end() - entry.begin()) / entry.dtype().bytes());
        int[] shape = shape(entry);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = value(entry, i);
            if (!Float.isFinite(values[i])) {
                throw new SafetensorsException(
                        "expected finite values in tensor " + name + ", found " + values[i] + " at " + i);
            }
        }
        return Tensor.of(values, shape);
    }

    private float value(Entry entry, int index) throws SafetensorsException {
        int at = (int) entry.begin() + index * entry.dtype().bytes();
        return switch (entry.dtype()) {
            case F32 -> data.getFloat(at);
            case F16 -> Float.float16ToFloat(data.getShort(at));
            case BF16 -> Float.intBitsToFloat(data.getShort(at) << 16);
            default ->
                throw new SafetensorsException(
                        "expected F32, F16 or BF16 for tensor " + entry.name() + ", found " + entry.dtype());
        };
    }

    /** Small enough for a tensor, because its product was checked and is not zero. */
    private static int[] shape(Entry entry) throws SafetensorsException {
        int rank = entry.shape().length;
        if (rank < 1 || rank > 5 || entry.begin() == entry.end()) {
            throw new SafetensorsException("expected 1 to 5 dimensions of at least 1 for tensor " + entry.name()
                    + ", found " + Arrays.toString(entry.shape()));
        }
        return Arrays.stream(entry.shape()).mapToInt(Math::toIntExact).toArray();
    }

    private String summary() {
        int shown = 10;
        String names = String.join(", ", entries.keySet().stream().limit(shown).toList());
        return entries.size() > shown ? names + " and " + (entries.size() - shown) + " more" : "[" + names + "]";
    }
}
