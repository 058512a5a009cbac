package io.kinolift.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** FFmpeg's times: seconds such as 90.5, with s, ms or us behind; or [hh:]mm:ss[.fraction]. */
final class TimeConverter implements ITypeConverter<Duration> {
    private static final Pattern CLOCK = Pattern.compile("(?:(\\d{1,6}):)?(\\d{1,2}):(\\d{1,2}(?:\\.\\d{1,9})?)");
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(s|ms|us)?");
    private static final BigDecimal MINUTE = BigDecimal.valueOf(60);
    private static final BigDecimal HOUR = BigDecimal.valueOf(3600);

    @Override
    public Duration convert(String text) {
        Matcher clock = CLOCK.matcher(text);
        if (clock.matches()) {
            BigDecimal hours = new BigDecimal(clock.group(1) == null ? "0" : clock.group(1));
            BigDecimal minutes = new BigDecimal(clock.group(2));
            BigDecimal seconds = new BigDecimal(clock.group(3));
            if (minutes.compareTo(MINUTE) < 0 && seconds.compareTo(MINUTE) < 0) {
                return nanos(hours.multiply(HOUR).add(minutes.multiply(MINUTE)).add(seconds));
            }
        }
        Matcher seconds = SECONDS.matcher(text);
        if (seconds.matches()) {
            int places = switch (seconds.group(2) == null ? "s" : seconds.group(2)) {
                case "ms" -> 3;
                case "us" -> 6;
                default -> 0;
            };
            return nanos(new BigDecimal(seconds.group(1)).movePointLeft(places));
        }
        throw new TypeConversionException(
                "expected a time such as 90, 90.5, 200ms, 01:30 or 00:01:30.500, found \"" + text + "\"");
    }

    private static Duration nanos(BigDecimal seconds) {
        return Duration.ofSeconds(seconds.longValue())
                .plusNanos(seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }
}
