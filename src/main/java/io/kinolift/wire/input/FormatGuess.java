package io.kinolift.wire.input;

import io.kinolift.codec.image.ImageHeader;
import io.kinolift.codec.image.ImageHeaderException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What a value looks like, for people whose settings say something else. */
public final class FormatGuess {
    private static final int SHOWN_CHARACTERS = 64;

    private FormatGuess() {}

    /** The name of an input format, as in {@code kinolift.input.format}; empty if it looks like none. */
    public static Optional<String> of(byte[] value) {
        if (value == null || value.length == 0) {
            return Optional.empty();
        }
        if (value[0] == (byte) 0xC3 && value.length > 1 && value[1] == 1) {
            return Optional.of("avro");
        }
        try {
            ImageHeader.read(ByteBuffer.wrap(value));
            return Optional.of("image");
        } catch (ImageHeaderException _) {
            return value[0] == '{' || isText(value) ? Optional.of("json") : Optional.empty();
        }
    }

    /** As base64 is, from the first character on. */
    private static boolean isText(byte[] value) {
        int length = Math.min(value.length, SHOWN_CHARACTERS);
        for (int i = 0; i < length; i++) {
            if (!Character.isLetterOrDigit(value[i]) && "+/-_=\"':;,\r\n".indexOf(value[i]) < 0) {
                return false;
            }
        }
        return true;
    }
}
