package io.kinolift.wire.input;

import io.kinolift.wire.StreamIds;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The ids of streams whose records do not name them.
 *
 * @param source what names a stream first
 * @param header the header that does, where the source is a header
 * @param withTopic whether there are several topics: the same key on two of them is two streams
 */
public record StreamNames(Source source, String header, boolean withTopic) {
    /** What may name a stream. */
    public enum Source {
        KEY,
        HEADER,
        /** Of a JSON record. */
        FIELD,
        /** Topic and partition. */
        PARTITION
    }

    /**
     * The name of a record's stream.
     *
     * @param stated by the value; null for none
     */
    String of(SourceRecord record, String stated) {
        byte[] key = record.envelope().key();
        byte[] field = stated == null ? null : stated.getBytes(StandardCharsets.UTF_8);
        byte[] name = switch (source) {
            case KEY -> first(key, field);
            case HEADER -> first(first(record.envelope().header(header), key), field);
            case FIELD -> first(field, key);
            case PARTITION -> null;
        };
        if (name == null) {
            return record.topic() + "-" + record.partition();
        }
        String text = withTopic ? record.topic() + "/" + readable(name) : readable(name);
        return StreamIds.ofKey(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] first(byte[] wanted, byte[] other) {
        return wanted == null ? other : wanted;
    }

    /** Text unchanged, other bytes in hexadecimal. Empty text would be the account of records without a stream. */
    private static String readable(byte[] bytes) {
        if (bytes.length == 0) {
            return "0x";
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.chars().noneMatch(Character::isISOControl)) {
                return text;
            }
        } catch (CharacterCodingException _) {
            // Not text: an integer, perhaps, or a UUID.
        }
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
