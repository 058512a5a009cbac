package io.kinolift.wire.output;

import io.kinolift.avro.Totals;
import io.kinolift.avro.VideoFrame;
import io.kinolift.codec.image.ImageHeader;
import io.kinolift.codec.image.ImageHeaderException;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.window.Envelope;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.StreamIds;
import io.kinolift.wire.input.JsonFields;
import io.kinolift.wire.input.JsonPicture;
import io.kinolift.wire.input.SourceRecord;
import io.kinolift.wire.input.TextPayload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads records of an output topic, whatever {@link OutputFormat} they have: those with the headers of
 * {@link FrameHeaders} are images or JSON, all others {@code VideoFrame}s.
 */
public final class OutputReader {
    private static final byte[] NOTHING = new byte[0];

    private final JsonFields fields;
    private final TextPayload.Encoding encoding;

    /** Finds the picture of a value that is no image. */
    private interface TextReader {
        JsonPicture read(Envelope envelope, byte[] value) throws MalformedRecordException;
    }

    /**
     * A reader that also finds the pictures in JSON.
     *
     * @param fields where they are
     * @param encoding of them as text
     */
    public OutputReader(JsonFields fields, TextPayload.Encoding encoding) {
        this.fields = fields;
        this.encoding = encoding;
    }

    /** The stream that a record belongs to: by its header, else its key. */
    public static String streamId(SourceRecord record) {
        byte[] named = record.envelope().header(FrameHeaders.PREFIX + "stream");
        return named == null ? StreamIds.ofKey(record.envelope().key()) : new String(named, StandardCharsets.UTF_8);
    }

    /**
     * A record as a {@code VideoFrame} that can be decoded.
     *
     * @throws MalformedRecordException as {@link #read}, and for JSON without a picture
     */
    public VideoFrame readPicture(SourceRecord record) throws MalformedRecordException {
        return read(record, (_, value) -> JsonPicture.read(value, fields, encoding));
    }

    /**
     * A record as a {@code VideoFrame}. Of JSON, the payload stays text, and codec and pixel format say nothing.
     *
     * @throws MalformedRecordException if the bytes are not one whole record, or headers are no numbers
     */
    public static VideoFrame read(SourceRecord record) throws MalformedRecordException {
        return read(record, OutputReader::unread);
    }

    private static VideoFrame read(SourceRecord record, TextReader text) throws MalformedRecordException {
        byte[] value = record.value() == null ? NOTHING : record.value();
        if (!record.envelope().has(FrameHeaders.PREFIX + "sequence")) {
            return FrameRecords.parse(value);
        }
        try {
            return isEnd(record.envelope()) ? end(record.envelope()) : frame(record.envelope(), value, text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw MalformedRecordException.invalid(
                    "expected numbers in the headers of an output, found otherwise: " + e.getMessage());
        }
    }

    /** Only the end has totals. */
    private static boolean isEnd(Envelope envelope) {
        return envelope.has(FrameHeaders.PREFIX + "received");
    }

    private static VideoFrame frame(Envelope envelope, byte[] value, TextReader text) throws MalformedRecordException {
        JsonPicture picture = picture(envelope, value, text);
        int level = envelope.has(FrameHeaders.PREFIX + "level") ? Math.toIntExact(number(envelope, "level")) : 0;
        return FrameRecords.record(new EncodedFrame(
                        text(envelope, "stream"),
                        number(envelope, "session"),
                        number(envelope, "sequence"),
                        number(envelope, "pts"),
                        number(envelope, "duration"),
                        Rational.parse(text(envelope, "time.base")),
                        picture.format(),
                        true,
                        Boolean.parseBoolean(text(envelope, "discontinuity")),
                        0,
                        picture.payload())
                .atLevel(level));
    }

    private static JsonPicture picture(Envelope envelope, byte[] value, TextReader text)
            throws MalformedRecordException {
        try {
            ByteBuffer image = ByteBuffer.wrap(value);
            return new JsonPicture(ImageHeader.read(image), image, "");
        } catch (ImageHeaderException _) {
            return text.read(envelope, value);
        }
    }

    private static JsonPicture unread(Envelope envelope, byte[] value) {
        FrameFormat format = new FrameFormat(
                Codec.RAW,
                PixelFormat.GRAY8,
                Math.toIntExact(number(envelope, "width")),
                Math.toIntExact(number(envelope, "height")),
                Rational.ZERO,
                Colour.UNSPECIFIED);
        return new JsonPicture(format, ByteBuffer.wrap(value), "");
    }

    private static VideoFrame end(Envelope envelope) {
        long dropped = number(envelope, "dropped");
        Totals totals = new Totals(
                number(envelope, "received"),
                number(envelope, "upscaled"),
                number(envelope, "dead.lettered"),
                dropped == 0 ? Map.of() : Map.of("ALL", dropped),
                0L,
                envelope.has(FrameHeaders.PREFIX + "filled") ? number(envelope, "filled") : 0,
                number(envelope, "emitted"));
        return FrameRecords.end(
                text(envelope, "stream"), number(envelope, "session"), number(envelope, "sequence"), totals);
    }

    private static long number(Envelope envelope, String name) {
        return Long.parseLong(text(envelope, name));
    }

    private static String text(Envelope envelope, String name) {
        byte[] value = envelope.header(FrameHeaders.PREFIX + name);
        if (value == null) {
            throw new IllegalArgumentException("no header " + FrameHeaders.PREFIX + name);
        }
        return new String(value, StandardCharsets.UTF_8);
    }
}
