package io.kinolift.ffmpeg;

import io.kinolift.frame.Role;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Samples of one depth as those of another that is at least as deep, without loss. Luma and chroma are multiplied by a
 * power of two, as their range is defined. Red, green, blue, alpha and whatever has less than 8 bits repeat their upper
 * bits below, so that the largest sample stays the largest. From 0 to 1, floating point numbers become 0 to 65535, and of
 * more than 16 bits the upper 16 remain.
 */
final class SampleScale {
    private static final int LARGEST = 0xFFFF;

    private SampleScale() {}

    /**
     * The scale of a component as a table.
     *
     * @return null if samples do not change or have more than 16 bits
     */
    static int[] table(AVPixFmtDescriptor layout, int number, int component, int targetDepth) {
        int depth = layout.comp(component).depth();
        boolean inverse = number == avutil.AV_PIX_FMT_MONOWHITE;
        if (depth > Short.SIZE || (depth == targetDepth && !Components.has(layout, avutil.AV_PIX_FMT_FLAG_FLOAT))) {
            return null;
        }
        Role role = Components.of(layout).get(component);
        int[] table = new int[1 << depth];
        for (int i = 0; i < table.length; i++) {
            table[i] = Components.has(layout, avutil.AV_PIX_FMT_FLAG_FLOAT)
                    ? fromFloat(Float.float16ToFloat((short) i))
                    : widen(role, inverse ? table.length - 1 - i : i, depth, targetDepth);
        }
        return table;
    }

    static int widen(Role role, int sample, int depth, int targetDepth) {
        boolean exact = role == Role.LUMA || role.isChroma();
        if (exact && depth >= Byte.SIZE) {
            return sample << (targetDepth - depth);
        }
        int widened = 0;
        for (int shift = targetDepth - depth; shift > -depth; shift -= depth) {
            widened |= shift >= 0 ? sample << shift : sample >> -shift;
        }
        return widened;
    }

    /** The sample of a component that a picture lacks: no colour, or opaque. */
    static int missing(Role role, int depth) {
        return role.isChroma() ? 1 << (depth - 1) : (1 << depth) - 1;
    }

    /** A sample of more than 16 bits. */
    static int narrow(AVPixFmtDescriptor layout, int component, int bits) {
        return Components.has(layout, avutil.AV_PIX_FMT_FLAG_FLOAT)
                ? fromFloat(Float.intBitsToFloat(bits))
                : bits >>> (layout.comp(component).depth() - Short.SIZE);
    }

    private static int fromFloat(float value) {
        return Float.isNaN(value) ? 0 : (int) Math.clamp(Math.round((double) value * LARGEST), 0, LARGEST);
    }
}
