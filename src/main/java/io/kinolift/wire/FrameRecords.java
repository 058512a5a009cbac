package io.kinolift.wire;

import io.kinolift.avro.ColourRange;
import io.kinolift.avro.Totals;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.registry.SchemaRegistry;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/** Between the Avro record and the frame it carries. */
public final class FrameRecords {
    private static final Wire<VideoFrame> WIRE = new Wire<>(VideoFrame.getClassSchema());
    private static final ByteBuffer NO_PAYLOAD = ByteBuffer.allocate(0).asReadOnlyBuffer();
    /** Terms of a factor go up to 2^24; below these bounds no product with one overflows. */
    public static final long MAX_SEQUENCE = 1L << 36;

    public static final long MAX_TIME_BASE_TERM = 1L << 38;
    /** Differences of two times fit a long. */
    private static final long MAX_TIME = 1L << 61;

    private static final Set<PixelFormat> PIXEL_FORMATS = Arrays.stream(io.kinolift.avro.PixelFormat.values())
            .filter(format -> format != io.kinolift.avro.PixelFormat.UNKNOWN)
            .map(format -> PixelFormat.valueOf(format.name()))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(PixelFormat.class)));

    private FrameRecords() {}

    /**
     * Parses a record into an object of Avro.
     *
     * @throws MalformedRecordException if the bytes are not one whole record
     */
    public static VideoFrame parse(byte[] bytes) throws MalformedRecordException {
        return WIRE.read(bytes);
    }

    /**
     * Parses with the writer's schema from the registry, if there is a registry.
     *
     * @throws MalformedRecordException if the bytes are not one whole record
     */
    public static VideoFrame parse(byte[] bytes, Optional<SchemaRegistry> registry) throws MalformedRecordException {
        return WIRE.read(bytes, registry);
    }

    /**
     * Reads a record.
     *
     * @param bytes all that remains is the record, whose payload is not copied
     */
    public static EncodedFrame read(ByteBuffer bytes) throws MalformedRecordException {
        return frame(WIRE.read(bytes, Optional.empty()));
    }

    /**
     * The frame of a whole record.
     *
     * @throws MalformedRecordException if it is none, or the end of a stream
     */
    public static EncodedFrame read(byte[] bytes) throws MalformedRecordException {
        return frame(parse(bytes));
    }

    /**
     * The frame of a record that is not the end of its stream.
     *
     * @throws MalformedRecordException naming the field
     */
    public static EncodedFrame frame(VideoFrame record) throws MalformedRecordException {
        require(record.getCodec() != io.kinolift.avro.Codec.UNKNOWN, "a codec this version knows", "UNKNOWN");
        require(
                record.getPixelFormat() != io.kinolift.avro.PixelFormat.UNKNOWN,
                "a pixel format this version knows",
                "UNKNOWN");
        require(
                record.getWidth() > 0 && record.getHeight() > 0,
                "a width and height of at least 1",
                record.getWidth() + "x" + record.getHeight());
        sequence(record);
        require(isIn(record.getPts(), -MAX_TIME, MAX_TIME), "a pts within +-" + MAX_TIME, record.getPts());
        long dts = record.getDts() == null ? EncodedFrame.NO_DTS : record.getDts();
        require(
                dts == EncodedFrame.NO_DTS || isIn(dts, -MAX_TIME, record.getPts()),
                "a dts of at most the pts, " + record.getPts(),
                dts);
        require(isIn(record.getDuration(), 0, MAX_TIME), "a duration of 0 to " + MAX_TIME, record.getDuration());
        require(
                isIn(record.getTimeBaseNumerator(), 1, MAX_TIME_BASE_TERM)
                        && isIn(record.getTimeBaseDenominator(), 1, MAX_TIME_BASE_TERM),
                "a time base with terms of 1 to " + MAX_TIME_BASE_TERM,
                record.getTimeBaseNumerator() + "/" + record.getTimeBaseDenominator());
        require(
                record.getSampleAspectNumerator() >= 0 && record.getSampleAspectDenominator() > 0,
                "a sample aspect ratio of at least 0",
                record.getSampleAspectNumerator() + "/" + record.getSampleAspectDenominator());
        ByteBuffer payload = record.getPayload();
        require(payload.hasRemaining(), "a payload", "none, and endOfStream is false");
        require(
                record.getPayloadCrc32c() == null || record.getPayloadCrc32c() == checksum(payload),
                "a payload with the CRC-32C " + record.getPayloadCrc32c(),
                checksum(payload) + " in " + payload.remaining() + " bytes");
        return new EncodedFrame(
                record.getStreamId(),
                record.getSession(),
                record.getSequence(),
                record.getPts(),
                dts,
                record.getDuration(),
                Rational.of(record.getTimeBaseNumerator(), record.getTimeBaseDenominator()),
                format(record),
                record.getKeyFrame(),
                record.getDiscontinuity(),
                record.getCaptureTimeMicros(),
                record.getLevel(),
                payload);
    }

    /**
     * The sequence of a frame or of the end of a stream.
     *
     * @throws MalformedRecordException if it is out of range
     */
    public static long sequence(VideoFrame record) throws MalformedRecordException {
        long sequence = record.getSequence();
        require(isIn(sequence, 0, MAX_SEQUENCE), "a sequence of 0 to " + MAX_SEQUENCE, sequence);
        return sequence;
    }

    private static boolean isIn(long value, long least, long most) {
        return value >= least && value <= most;
    }

    public static byte[] write(EncodedFrame frame) {
        return WIRE.write(record(frame));
    }

    /** How many bytes the record has. */
    public static int size(EncodedFrame frame) {
        return WIRE.size(record(frame));
    }

    /** Puts the record where the buffer is. */
    public static void write(EncodedFrame frame, ByteBuffer bytes) {
        WIRE.write(record(frame), bytes);
    }

    /** A frame as an object of Avro. */
    public static VideoFrame record(EncodedFrame frame) {
        FrameFormat format = frame.format();
        Colour colour = format.colour();
        return new VideoFrame(
                frame.streamId(),
                frame.session(),
                frame.sequence(),
                frame.pts(),
                frame.dts() == EncodedFrame.NO_DTS ? null : frame.dts(),
                frame.duration(),
                frame.timeBase().numerator(),
                frame.timeBase().denominator(),
                io.kinolift.avro.Codec.valueOf(format.codec().name()),
                pixelFormat(format.pixelFormat()),
                format.width(),
                format.height(),
                format.sampleAspectRatio().numerator(),
                format.sampleAspectRatio().denominator(),
                ColourRange.valueOf(colour.range().name()),
                colour.matrix(),
                colour.primaries(),
                colour.transfer(),
                io.kinolift.avro.ChromaLocation.valueOf(colour.chromaLocation().name()),
                frame.keyFrame(),
                frame.discontinuity(),
                frame.captureMicros(),
                false,
                null,
                frame.level(),
                format.codec().isInterCoded() ? checksum(frame.payload()) : null,
                frame.payload());
    }

    private static long checksum(ByteBuffer payload) {
        CRC32C checksum = new CRC32C();
        checksum.update(payload.duplicate());
        return checksum.getValue();
    }

    /**
     * The record that ends a stream.
     *
     * @param sequence how many frames the session has, counting holes
     * @param totals null on the input topic
     */
    public static byte[] writeEnd(String streamId, long session, long sequence, Totals totals) {
        return WIRE.write(end(streamId, session, sequence, totals));
    }

    /** As {@link #writeEnd}, not yet as bytes. */
    public static VideoFrame end(String streamId, long session, long sequence, Totals totals) {
        return new VideoFrame(
                streamId,
                session,
                sequence,
                0L,
                null,
                0L,
                1L,
                1L,
                io.kinolift.avro.Codec.UNKNOWN,
                io.kinolift.avro.PixelFormat.UNKNOWN,
                0,
                0,
                0L,
                1L,
                ColourRange.UNSPECIFIED,
                Colour.UNSPECIFIED_CODE,
                Colour.UNSPECIFIED_CODE,
                Colour.UNSPECIFIED_CODE,
                io.kinolift.avro.ChromaLocation.UNSPECIFIED,
                false,
                false,
                0L,
                true,
                totals,
                0,
                null,
                NO_PAYLOAD);
    }

    /** The pixel formats that the schema has a word for. */
    public static Set<PixelFormat> pixelFormats() {
        return PIXEL_FORMATS;
    }

    private static io.kinolift.avro.PixelFormat pixelFormat(PixelFormat format) {
        if (!PIXEL_FORMATS.contains(format)) {
            throw new IllegalArgumentException(
                    "expected one of " + PIXEL_FORMATS + " for a frame's record, found " + format);
        }
        return io.kinolift.avro.PixelFormat.valueOf(format.name());
    }

    private static FrameFormat format(VideoFrame record) {
        Colour colour = new Colour(
                Colour.Range.valueOf(record.getColourRange().name()),
                record.getColourMatrix(),
                record.getColourPrimaries(),
                record.getColourTransfer(),
                Colour.ChromaLocation.valueOf(record.getChromaLocation().name()));
        return new FrameFormat(
                Codec.valueOf(record.getCodec().name()),
                        PixelFormat.valueOf(record.getPixelFormat().name()),
                record.getWidth(), record.getHeight(),
                Rational.of(record.getSampleAspectNumerator(), record.getSampleAspectDenominator()), colour);
    }

    /** A copy of the bytes that remain. */
    public static byte[] bytes(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }

    private static void require(boolean holds, String expected, Object found) throws MalformedRecordException {
        if (!holds) {
            throw MalformedRecordException.invalid("expected " + expected + ", found " + found);
        }
    }
}
