package io.kinolift.kernel.vector;

import jdk.incubator.vector.IntVector;

/** The one width that vector loops use in this JVM; species have to be constants, or vectors end up on the heap. */
public final class VectorWidth {
    /** Names the width in bits: 128, 256 or 512. Absent: the best of the machine. */
    public static final String PROPERTY = "kinolift.simd";

    public static final int BITS = Integer.getInteger(PROPERTY, preferredBits());

    private VectorWidth() {}

    /** The width that suits the machine best. */
    public static int preferredBits() {
        return IntVector.SPECIES_PREFERRED.vectorBitSize();
    }
}
