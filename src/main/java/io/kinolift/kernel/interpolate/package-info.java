/**
 * Interpolation by rows. It is separable over time, height and width, and one row of output is made in two passes.
 * <em>Blend</em> adds the source rows (time taps times row taps) with their weights into one row of sums.
 * <em>Expand</em> goes over the output columns, takes a few sums each by table, and rounds.
 *
 * <ul>
 *   <li>{@link io.kinolift.kernel.interpolate.InterpolationKernel} states the arithmetic; {@link
 *       io.kinolift.kernel.interpolate.ScalarInterpolation} defines the result.
 *   <li>The fused loops compute the same in 16-bit lanes, and blend each input row in time only once: {@link
 *       io.kinolift.kernel.interpolate.TimeBlend}, then {@link io.kinolift.kernel.interpolate.DoublingKernel} for factor
 *       2 or {@link io.kinolift.kernel.interpolate.EnlargingKernel} for other factors with a small denominator.
 *   <li>{@link io.kinolift.kernel.interpolate.CubicDoublingKernel} is for factor 2 by cubic taps, of bytes. It uses float
 *       lanes, because overshoot does not fit 16 bits.
 *   <li>{@link io.kinolift.kernel.interpolate.ColumnTable} is the geometry of a row, {@link
 *       io.kinolift.kernel.interpolate.RowInput} its sources, {@link io.kinolift.kernel.interpolate.RowScratch} the sums
 *       between the passes.
 * </ul>
 *
 * <p>Scalar loops take bytes and shorts. Vector loops have one class for each, so that the JIT sees only one kind of
 * sample in a loop. The arithmetic is the same; the largest sample decides which denominators fit:
 *
 * <table>
 * <caption>Largest denominators of time, height and width together</caption>
 * <tr><th>lanes</th><th>8 bits</th><th>10 bits</th><th>12 bits</th><th>16 bits</th></tr>
 * <tr><td>16 bits, factor 2 in space</td><td>256: time by 16ths</td><td>64: time by quarters</td><td>none</td>
 * <td>none</td></tr>
 * <tr><td>16 bits, other factors</td><td>256</td><td>64</td><td>16</td><td>none</td></tr>
 * <tr><td>32 bits</td><td>4.2 million</td><td>1 million</td><td>262 thousand</td><td>16 thousand</td></tr>
 * </table>
 *
 * So 2,2,2 and 1,3,3 are fused for 10 bits, and 1,2,2 for 12 bits. 2,3,3 takes the loops with 32-bit sums, and so does
 * every factor at 16 bits.
 */
package io.kinolift.kernel.interpolate;
