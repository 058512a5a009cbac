package io.kinolift.cli;

import io.kinolift.frame.FrameRate;
import io.kinolift.frame.Rational;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A rate as an option's value: positive and exact, see {@link FrameRate}. */
final class RateConverter implements ITypeConverter<Rational> {
    @Override
    public Rational convert(String value) {
        try {
            return FrameRate.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
