package io.kinolift.topology;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.wire.Rejection;
import io.kinolift.wire.WrittenFrame;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Outputs and dead letters as parts of their events, beside the record's value: the frame that it holds, and the rest.
 *
 * <pre>
 * written    frame, bytes envelope, timestamp(8)
 * rejection  0(1) for none or 1(1) frame, text streamId, text topic, partition(4) offset(8) text trace,
 *            text reason, text detail, text exception
 * frame      text streamId, session(8) sequence(8) pts(8) dts(8) duration(8) numerator(8) denominator(8) format
 *            keyFrame(1) discontinuity(1) captureMicros(8) level(4) payload
 * format     text codec, text pixelFormat, width(4) height(4) numerator(8) denominator(8) text range, matrix(4)
 *            primaries(4) transfer(4) text chromaLocation
 * payload    offset(4) length(4) where the value has it, or -1(4) bytes
 * envelope   see {@link EnvelopeBytes}
 * </pre>
 *
 * The frame is not an Avro record, which knows fewer pixel formats and no sequences as high as those of outputs.
 */
final class WrittenFrameBytes {
    private static final int APART = -1;

    private WrittenFrameBytes() {}

    static void write(WrittenFrame output, EventWriter out) {
        writeFrame(output.frame(), output.value(), out);
        out.bytes(EnvelopeBytes.write(output.envelope())).int64(output.timestampMillis());
    }

    static WrittenFrame read(byte[] value, EventReader in) throws IOException {
        return new WrittenFrame(readFrame(value, in), value, EnvelopeBytes.read(in.present()), in.int64());
    }

    static void write(Rejection rejection, EventWriter out) {
        out.flag(rejection.frame() != null);
        if (rejection.frame() != null) {
            writeFrame(rejection.frame(), rejection.value(), out);
        }
        out.text(rejection.streamId())
                .text(rejection.topic())
                .int32(rejection.partition())
                .int64(rejection.offset())
                .text(rejection.trace())
                .text(rejection.reason().name())
                .text(rejection.detail())
                .text(rejection.exception());
    }

    static Rejection readRejection(byte[] value, EventReader in) throws IOException {
        EncodedFrame frame = in.flag() ? readFrame(value, in) : null;
        return new Rejection(
                in.text(),
                frame,
                in.text(),
                in.int32(),
                in.int64(),
                in.text(),
                value,
                in.constant(Rejection.Reason.class),
                in.text(),
                in.text());
    }

    private static void writeFrame(EncodedFrame frame, byte[] value, EventWriter out) {
        out.text(frame.streamId())
                .int64(frame.session())
                .int64(frame.sequence())
                .int64(frame.pts())
                .int64(frame.dts())
                .int64(frame.duration());
        writeRational(frame.timeBase(), out);
        writeFormat(frame.format(), out);
        out.flag(frame.keyFrame())
                .flag(frame.discontinuity())
                .int64(frame.captureMicros())
                .int32(frame.level());
        ByteBuffer payload = frame.payload();
        int offset = offset(payload, value);
        out.int32(offset);
        if (offset == APART) {
            out.bytes(payload);
        } else {
            out.int32(payload.remaining());
        }
    }

    private static EncodedFrame readFrame(byte[] value, EventReader in) throws IOException {
        return new EncodedFrame(
                in.text(),
                in.int64(),
                in.int64(),
                in.int64(),
                in.int64(),
                in.int64(),
                readRational(in),
                readFormat(in),
                in.flag(),
                in.flag(),
                in.int64(),
                in.int32(),
                readPayload(value, in));
    }

    /** Where the value has a payload: the same memory, or a copy at its end, as in Avro. */
    @SuppressWarnings("ReferenceEquality")
    private static int offset(ByteBuffer payload, byte[] value) {
        if (value == null) {
            return APART;
        }
        if (payload.hasArray() && payload.array() == value) {
            return payload.arrayOffset() + payload.position();
        }
        int tail = value.length - payload.remaining();
        return tail >= 0 && payload.equals(ByteBuffer.wrap(value, tail, payload.remaining())) ? tail : APART;
    }

    private static ByteBuffer readPayload(byte[] value, EventReader in) throws IOException {
        int offset = in.int32();
        if (offset == APART) {
            return ByteBuffer.wrap(in.present());
        }
        int length = in.int32();
        if (value == null || offset < 0 || length < 0 || offset > value.length - length) {
            throw new IOException("event: expected a payload within " + (value == null ? 0 : value.length)
                    + " bytes, found one of " + length + " at " + offset);
        }
        return ByteBuffer.wrap(value, offset, length);
    }

    private static void writeFormat(FrameFormat format, EventWriter out) {
        out.text(format.codec().name())
                .text(format.pixelFormat().name())
                .int32(format.width())
                .int32(format.height());
        writeRational(format.sampleAspectRatio(), out);
        Colour colour = format.colour();
        out.text(colour.range().name())
                .int32(colour.matrix())
                .int32(colour.primaries())
                .int32(colour.transfer())
                .text(colour.chromaLocation().name());
    }

    private static FrameFormat readFormat(EventReader in) throws IOException {
        return new FrameFormat(
                in.constant(Codec.class),
                in.constant(PixelFormat.class),
                in.int32(),
                in.int32(),
                readRational(in),
                new Colour(
                        in.constant(Colour.Range.class),
                        in.int32(),
                        in.int32(),
                        in.int32(),
                        in.constant(Colour.ChromaLocation.class)));
    }

    private static void writeRational(Rational value, EventWriter out) {
        out.int64(value.numerator()).int64(value.denominator());
    }

    private static Rational readRational(EventReader in) throws IOException {
        return Rational.of(in.int64(), in.int64());
    }
}
