package io.kinolift.sizing;

import io.kinolift.frame.Rational;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Size and rate of a video.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rate in frames per second
 */
public record VideoShape(int width, int height, Rational rate) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})x(\\d{1,5})@(\\d{1,6}(?:[./]\\d{1,6})?)");

    /** @throws IllegalArgumentException if a number is not positive */
    public VideoShape {
        if (width < 1 || height < 1 || !rate.isPositive()) {
            throw new IllegalArgumentException(
                    "expected a width, a height and a rate above 0, found " + width + "x" + height + "@" + rate);
        }
    }

    /**
     * Reads {@code 960x540@30}; rates may be {@code 29.97} or {@code 30000/1001}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static VideoShape parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected WIDTHxHEIGHT@RATE such as 960x540@30, found " + text);
        }
        return new VideoShape(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Rational.parse(parts.group(3)));
    }

    double framesPerSecond() {
        return rate.toDouble();
    }

    @Override
    public String toString() {
        return width + "x" + height + "@" + rate;
    }
}
