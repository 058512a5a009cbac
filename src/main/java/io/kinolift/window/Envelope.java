package io.kinolift.window;

import java.util.List;

/**
 * What came with a frame besides the frame itself, and goes on with its outputs.
 *
 * @param key the record's key as it came; null for none
 * @param timestampMillis the record's, since the epoch; -1 for none
 * @param headers of the record, without those that the application reads or writes itself
 * @param text what else was in the value, as its format needs it again; empty for nothing
 */
public record Envelope(byte[] key, long timestampMillis, List<Header> headers, byte[] text) {
    /** Of a record whose key is its stream's id. */
    public static final Envelope NONE = new Envelope(null, -1, List.of(), new byte[0]);

    public Envelope {
        headers = List.copyOf(headers);
    }

    /**
     * A header of a record.
     *
     * @param value null for none
     */
    public record Header(String name, byte[] value) {}

    /** The same with another text. */
    public Envelope withText(byte[] other) {
        return new Envelope(key, timestampMillis, headers, other);
    }

    /** The value of the last header of a name; null if there is none. */
    public byte[] header(String name) {
        for (Header header : headers.reversed()) {
            if (header.name().equals(name)) {
                return header.value();
            }
        }
        return null;
    }

    /** Whether there is a header of a name. */
    public boolean has(String name) {
        return headers.stream().anyMatch(header -> header.name().equals(name));
    }

    /** Bytes of key, headers and text. */
    public long bytes() {
        long bytes = (key == null ? 0L : key.length) + text.length;
        for (Header header : headers) {
            // Three bytes of UTF-8 per char at most.
            bytes += 3L * header.name().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }
}
