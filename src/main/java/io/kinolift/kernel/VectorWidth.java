package io.kinolift.kernel;

import jdk.incubator.vector.IntVector;

/** The one width that vector loops use in this JVM; species have to be constants, or vectors end up on the heap. */
final class VectorWidth {
    static final int BITS = Integer.getInteger(Kernels.SIMD_PROPERTY, preferredBits());

    private VectorWidth() {}

    /** What the machine does best. */
    static int preferredBits() {
        return IntVector.SPECIES_PREFERRED.vectorBitSize();
    }
}
