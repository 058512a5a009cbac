package io.kinolift.codec.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * The fields of a TIFF's first page that say how samples lie. FFmpeg's decoder, where it is told to refuse damaged
 * pictures, also refuses every field that it does not know, and every program writes some of these: resolution,
 * orientation, the sample's format.
 */
public final class TiffTags {
    private static final int ENTRY_BYTES = 12;
    /** TIFF 6.0: size, bits, compression, colours, strips, tiles, predictor, palette. Alpha follows from the number of samples. */
    private static final Set<Integer> KNOWN =
            Set.of(254, 256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 284, 292, 293, 317, 320, 322, 323, 324, 325);

    private TiffTags() {}

    /**
     * A copy without the other fields, and without further pages.
     *
     * @param image whose header {@link ImageHeader} has read
     */
    public static ByteBuffer withoutOthers(ByteBuffer image) {
        ByteBuffer copy =
                ByteBuffer.allocate(image.remaining()).put(image.duplicate()).flip();
        copy.order(copy.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = copy.getInt(4);
        int entries = Short.toUnsignedInt(copy.getShort(directory));
        int kept = 0;
        for (int i = 0; i < entries; i++) {
            int from = directory + 2 + i * ENTRY_BYTES;
            if (from + ENTRY_BYTES <= copy.limit() && KNOWN.contains(Short.toUnsignedInt(copy.getShort(from)))) {
                copy.put(directory + 2 + kept * ENTRY_BYTES, copy.array(), from, ENTRY_BYTES);
                kept++;
            }
        }
        int end = directory + 2 + kept * ENTRY_BYTES;
        if (end + Integer.BYTES <= copy.limit()) {
            copy.putInt(end, 0);
        }
        return copy.putShort(directory, (short) kept);
    }
}
