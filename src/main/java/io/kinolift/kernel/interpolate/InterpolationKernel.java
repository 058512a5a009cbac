package io.kinolift.kernel.interpolate;

import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;

/**
 * Makes one row of interpolated samples: bytes, or shorts of any depth through {@link #of}. Implementations have no
 * mutable state and may be shared by threads.
 *
 * <p>With source rows r_k of weight w_k, and table taps (index i_t, weight c_t) per output sample, both methods compute
 * {@code sum over t of c_t[o] * (sum over k of w_k * r_k[i_t[o]])}, rounded half up.
 */
public sealed interface InterpolationKernel permits ScalarInterpolation, VectorInterpolation, ShortVectorInterpolation {
    /** The loops of the same kind, scalar or vector, for these samples. */
    InterpolationKernel of(SampleType samples);

    /** The samples that it reads and writes. */
    SampleType samples();

    /**
     * The largest common denominator of {@link #exact}: {@code 2 * sum + D} has to fit 31 bits, also for samples that
     * are summed with the zeros below them.
     */
    default int maxDenominator() {
        return (Integer.MAX_VALUE >> samples().shift()) / (2 * samples().max() + 1);
    }

    /** Output samples per step, which is the block length of {@link ColumnTable}. */
    int lanes();

    /** Whether {@link TimeBlend}, the doubling kernels and {@link EnlargingKernel} serve, with the same result. */
    boolean fuses();

    /**
     * Exact: weights are integers that are not negative and add up to {@link RowInput#denominator()} D over all taps;
     * a sample is {@code (2 * sum + D) / (2 * D)}, which is floor(v + 1/2) of the rational value.
     *
     * @param columns made for {@link #lanes()}, with {@link ColumnTable#isExact()}
     * @param out receives {@link ColumnTable#outputs()} samples from byte {@code offset} on; nothing else is written
     */
    void exact(RowInput input, ColumnTable columns, RowScratch scratch, MemorySegment out, long offset);

    /**
     * Float32: sources are added in their order in {@code input}, then table taps in their order, every product rounded
     * before it is added (no fused multiply-add); a sample is floor(v + 0.5f), clamped to 0 and
     * the largest sample.
     *
     * @param columns made for {@link #lanes()}
     * @param out receives {@link ColumnTable#outputs()} samples from byte {@code offset} on; nothing else is written
     */
    void float32(RowInput input, ColumnTable columns, RowScratch scratch, MemorySegment out, long offset);
}
