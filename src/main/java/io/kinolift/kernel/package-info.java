/**
 * Row loops over planes of samples: memory segments, ints and tables, nothing of the domain. Samples are bytes, or
 * unsigned little-endian shorts with a largest value of their own, see {@link io.kinolift.kernel.sample.Samples}; that none
 * is larger, whoever fills the planes sees to.
 *
 * <p>Interpolation is separable over time, height and width, and one row of output is made in two passes. <em>Blend</em>
 * adds the source rows (time taps x row taps) with their weights into one row of sums; <em>expand</em> goes over the
 * output columns, takes a few sums each by table, and rounds.
 *
 * <ul>
 *   <li>{@link io.kinolift.kernel.interpolate.InterpolationKernel} states the arithmetic; both implementations follow it to the bit.
 *   <li>{@link io.kinolift.kernel.interpolate.ScalarInterpolation} defines the result.
 *   <li>{@code VectorInterpolation} computes the same in the lanes of {@code jdk.incubator.vector}, straight on native
 *       memory. Lanes are outputs, never parts of one sum, so that the order of operations is the scalar one.
 *   <li>The same arithmetic fused, each input row blended in time once, in 16-bit lanes:
 *       {@link io.kinolift.kernel.interpolate.TimeBlend}, then {@link io.kinolift.kernel.interpolate.DoublingKernel} for factor 2, the usual
 *       one, or {@link io.kinolift.kernel.interpolate.EnlargingKernel} for others whose denominator is small.
 *   <li>{@link io.kinolift.kernel.interpolate.CubicDoublingKernel} for factor 2 by cubic taps, of bytes: float32 of the definition
 *       in float lanes, because overshoot does not fit 16 bits.
 *   <li>{@link io.kinolift.kernel.interpolate.ColumnTable} is the geometry of a row, {@link io.kinolift.kernel.interpolate.RowInput} its
 *       sources, {@link io.kinolift.kernel.interpolate.RowScratch} the sums in between. Nothing is allocated per row.
 *   <li>{@link io.kinolift.kernel.Kernels} chooses, once; {@code -Dkinolift.simd=off|128|256|512} overrules it.
 * </ul>
 *
 * <p>Plain loops take both kinds of sample. Vector loops have a class per kind,
 * {@link io.kinolift.kernel.interpolate.VectorInterpolation} and
 * {@link io.kinolift.kernel.interpolate.ShortVectorInterpolation}, {@link io.kinolift.kernel.interpolate.DoublingKernel} and
 * {@link io.kinolift.kernel.interpolate.ShortDoublingKernel}, so that no loop has two kinds in sight of the JIT. The
 * arithmetic is the same; what fits depends on the largest sample:
 *
 * <table>
 * <caption>Largest denominators of time, height and width together</caption>
 * <tr><th>lanes</th><th>8 bits</th><th>10 bits</th><th>12 bits</th><th>16 bits</th></tr>
 * <tr><td>16 bits, factor 2 in space</td><td>256: time by 16ths</td><td>64: time by quarters</td><td>none</td>
 * <td>none</td></tr>
 * <tr><td>16 bits, others</td><td>256</td><td>64</td><td>16</td><td>none</td></tr>
 * <tr><td>32 bits</td><td>4.2 million</td><td>1 million</td><td>262 thousand</td><td>16 thousand</td></tr>
 * </table>
 *
 * So 2,2,2 and 1,3,3 are fused in 16 bits also for samples of 10 bits, and 1,2,2 for those of 12; 2,3,3 is not, and takes
 * the loops of 32-bit sums, as all do at 16 bits.
 *
 * <p>A transposed convolution is {@link io.kinolift.kernel.convolve.ConvTransposeKernel}: rows are widened to float once, many
 * outputs are summed from the same rows by a {@link io.kinolift.kernel.convolve.ConvTransposeTable}, and phases are joined as
 * they are rounded. {@link io.kinolift.kernel.convolve.ScalarConvTranspose} defines the result. What it needs of colour is
 * {@link io.kinolift.kernel.colour.RgbKernel}. Where every sample has a filter of its own it is
 * {@link io.kinolift.kernel.adapt.AdaptiveKernel}, defined by {@link io.kinolift.kernel.adapt.ScalarAdaptive}.
 * {@link io.kinolift.kernel.limit.RangeLimit} takes off what rings, by the loops of {@link io.kinolift.kernel.limit.RangeKernel}; few
 * samples are touched, and those are seen to one by one.
 *
 * <p>Imports nothing else of ours.
 */
package io.kinolift.kernel;
