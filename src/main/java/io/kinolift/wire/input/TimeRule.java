package io.kinolift.wire.input;

import io.kinolift.frame.Rational;
import io.kinolift.window.Envelope;
import io.kinolift.wire.MalformedRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Where the time of a frame comes from whose record has no pts.
 *
 * @param source where times are
 * @param header the header that holds them, where the source is a header
 * @param unit of the numbers in headers and fields
 * @param framesPerSecond a fixed rate, or the rate that times are expected at; {@link Rational#ZERO} for unknown
 * @param clock how far times are believed
 */
public record TimeRule(Source source, String header, TimeUnitName unit, Rational framesPerSecond, Limits clock) {
    private static final long MICROS_PER_MILLI = 1000;

    /** The places of times. */
    public enum Source {
        /** A field of the value, else the record. */
        AUTO,
        /** The record's timestamp. */
        RECORD,
        /** A header of the record. */
        HEADER,
        /** None: every frame has the same duration. */
        RATE
    }

    /**
     * How far times are believed.
     *
     * @param smoothed whether jitter is taken out
     * @param jitterMicros how far a time may be from when it was due
     * @param jumpMicros how long a pause may be
     */
    public record Limits(boolean smoothed, long jitterMicros, long jumpMicros) {}

    /**
     * The time of a frame.
     *
     * @param pts in units of {@code timeBase} seconds
     * @param duration in the same unit; 0 for unknown
     * @param jumped whether a clock was set just before it
     * @param captureMicros as it came; 0 for unknown
     */
    record Time(long pts, long duration, Rational timeBase, boolean jumped, long captureMicros) {}

    /**
     * The time of the next frame of a stream.
     *
     * @param stated microseconds since the epoch by the value itself; null where it says nothing
     */
    Time of(Envelope envelope, Long stated, long sequence, StreamClock clock) throws MalformedRecordException {
        if (source == Source.RATE) {
            long capture = Math.max(0, envelope.timestampMillis()) * MICROS_PER_MILLI;
            return new Time(sequence, 1, framesPerSecond.inverse(), false, capture);
        }
        boolean isRecord = source == Source.RECORD || (source == Source.AUTO && stated == null);
        long micros = isRecord ? ofRecord(envelope) : source == Source.HEADER ? ofHeader(envelope) : stated;
        long pts = clock.follow(micros, rule());
        return new Time(pts, 0, Rational.MICROSECOND, clock.hasJumped(), micros);
    }

    private StreamClock.Rule rule() {
        long period = framesPerSecond.equals(Rational.ZERO) ? 0 : Math.round(1_000_000 / framesPerSecond.toDouble());
        return new StreamClock.Rule(clock.smoothed(), clock.jitterMicros(), clock.jumpMicros(), period);
    }

    private static long ofRecord(Envelope envelope) throws MalformedRecordException {
        long millis = envelope.timestampMillis();
        if (millis <= 0 || millis > TimeUnitName.LATEST_MICROS / MICROS_PER_MILLI) {
            throw MalformedRecordException.invalid(
                    "expected a record with a timestamp between 1970 and 9999, found " + (millis <= 0 ? "none" : millis)
                            + " (kinolift.input.time=rate and kinolift.input.fps are for records without)");
        }
        return millis * MICROS_PER_MILLI;
    }

    /** Decimal digits, an ISO 8601 time, or eight big-endian bytes. */
    private long ofHeader(Envelope envelope) throws MalformedRecordException {
        byte[] value = envelope.header(header);
        if (value == null) {
            throw MalformedRecordException.invalid(
                    "expected a time in the header " + header + " (kinolift.input.time.header), found none");
        }
        String text = new String(value, StandardCharsets.UTF_8);
        boolean isText = text.chars().allMatch(character -> character >= ' ' && character <= '~');
        return value.length == Long.BYTES && !isText
                ? unit.micros(Long.toString(ByteBuffer.wrap(value).getLong()))
                : unit.micros(text);
    }
}
