package io.kinolift.kernel;

import java.lang.foreign.MemorySegment;

final class VectorInterpolation implements InterpolationKernel {
    private final ScalarInterpolation scalar = new ScalarInterpolation();
    @Override
    public int lanes() {
        return VectorWidth.BITS / Integer.SIZE;
    }

    @Override
    public void exact(RowInput input, ColumnTable columns, RowScratch scratch, MemorySegment out, long offset) {
        scalar.exact(input, columns, scratch, out, offset);
    }

    @Override
    public void float32(RowInput input, ColumnTable columns, RowScratch scratch, MemorySegment out, long offset) {
        scalar.float32(input, columns, scratch, out, offset);
    }
}
