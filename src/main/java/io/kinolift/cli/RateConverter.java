package io.kinolift.cli;

import io.kinolift.frame.Rational;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A rate as an option's value: positive and exact. */
final class RateConverter implements ITypeConverter<Rational> {
    @Override
    public Rational convert(String value) {
        Rational rate;
        try {
            rate = Rational.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
        if (!rate.isPositive()) {
            throw new TypeConversionException("expected a number above 0, found " + value);
        }
        return rate;
    }
}
