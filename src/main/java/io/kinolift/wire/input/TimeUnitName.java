package io.kinolift.wire.input;

import io.kinolift.wire.MalformedRecordException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** The unit of a time that is a number. */
public enum TimeUnitName {
    /** By its name or size, as a time since 1970: seconds up to 10^11, then milli-, micro- and nanoseconds. */
    AUTO(0),
    SECONDS(6),
    MILLIS(3),
    MICROS(0),
    NANOS(-3);

    /** The end of the year 9999. */
    static final long LATEST_MICROS = 253_402_300_799_999_999L;

    private static final int MOST_DIGITS = 40;
    private static final int AUTO_SECONDS = 11;
    private static final int AUTO_STEP = 3;

    private final int powerOfTen;

    TimeUnitName(int powerOfTen) {
        this.powerOfTen = powerOfTen;
    }

    /** The unit that the end of a field's name tells, where no other is configured. */
    public TimeUnitName named(String field) {
        if (this != AUTO) {
            return this;
        }
        return switch (field.substring(field.lastIndexOf('_') + 1)) {
            case "s" -> SECONDS;
            case "ms" -> MILLIS;
            case "us" -> MICROS;
            case "ns" -> NANOS;
            default -> this;
        };
    }

    /**
     * A time in microseconds; parts of one are cut off.
     *
     * @param text a decimal number, or a date and time by ISO 8601, in UTC where it names no offset
     */
    long micros(String text) throws MalformedRecordException {
        String trimmed = text.strip();
        if (trimmed.length() > MOST_DIGITS) {
            throw unreadable(trimmed.substring(0, MOST_DIGITS) + "...");
        }
        try {
            return number(new BigDecimal(trimmed), trimmed);
        } catch (NumberFormatException _) {
            return date(trimmed);
        }
    }

    private long number(BigDecimal value, String text) throws MalformedRecordException {
        // 1e999999999 and 1e-999999999 would be written out below.
        if (value.precision() - value.scale() > MOST_DIGITS || value.scale() > MOST_DIGITS) {
            throw unreadable(text);
        }
        BigDecimal micros = value.scaleByPowerOfTen(power(value));
        if (micros.signum() < 0 || micros.compareTo(BigDecimal.valueOf(LATEST_MICROS)) > 0) {
            throw MalformedRecordException.invalid("expected a time between 1970 and 9999, found " + text + " as "
                    + name().toLowerCase(Locale.ROOT) + " (kinolift.input.time.unit)");
        }
        return micros.setScale(0, RoundingMode.DOWN).longValueExact();
    }

    /**
     * The power of ten by which a number becomes microseconds. 10^11 seconds are the year 5138; as milliseconds, 1973.
     */
    public int power(BigDecimal value) {
        if (this != AUTO) {
            return powerOfTen;
        }
        int digits = value.precision() - value.scale();
        int steps = Math.clamp(Math.ceilDiv(digits - AUTO_SECONDS, AUTO_STEP), 0, 3);
        return SECONDS.powerOfTen - AUTO_STEP * steps;
    }

    private long date(String text) throws MalformedRecordException {
        try {
            TemporalAccessor parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
            Instant instant =
                    parsed instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : Instant.from(parsed);
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, instant);
            if (micros < 0 || micros > LATEST_MICROS) {
                throw MalformedRecordException.invalid("expected a time between 1970 and 9999, found " + text);
            }
            return micros;
        } catch (DateTimeException | ArithmeticException _) {
            throw unreadable(text);
        }
    }

    private static MalformedRecordException unreadable(String text) {
        return MalformedRecordException.invalid(
                "expected a time as a number or as 2026-01-31T12:00:00.5Z, found \"" + text + "\"");
    }
}
