package io.kinolift.cli;

import io.kinolift.video.Background;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A colour as an option's value, like {@code #00ff00}. */
final class BackgroundConverter implements ITypeConverter<Background> {
    @Override
    public Background convert(String value) {
        try {
            return Background.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
