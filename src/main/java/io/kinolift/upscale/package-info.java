/**
 * Streaming operators: what turns a run of pictures into output pictures.
 *
 * <ul>
 *   <li>{@link io.kinolift.upscale.Operators} makes an {@link io.kinolift.upscale.Operator} from settings such as
 *       {@link io.kinolift.upscale.interpolate.Interpolation}; {@link io.kinolift.upscale.Operator#bind} computes the geometry of
 *       one picture size; {@link io.kinolift.upscale.BoundOperator#upscale} makes a band of one output picture.
 *   <li>{@link io.kinolift.upscale.interpolate.Coordinates} is the position of output o on an axis, exactly; {@code Taps} are the
 *       inputs and weights that follow from it.
 *   <li>{@link io.kinolift.upscale.InputFrames} is what the operator may see: taps outside it repeat its edge.
 * </ul>
 *
 * <p>Every plane is enlarged by the luma factor, on its own half-pixel grid. A dimension of a plane whose size does not
 * change is copied. Linear modes are exact where the common denominator fits
 * {@link io.kinolift.kernel.interpolate.InterpolationKernel#maxDenominator()}, otherwise float32; bicubic is float32.
 *
 * <p>{@code InterpolatedRows} takes the fused loops where there are some, {@code DoublingRows} (linear or cubic) and
 * {@code EnlargedRows}; cubic taps have them for factor 2 of 8-bit planes on half-pixel centres where time's denominator
 * is a power of two. All else is made row by row by {@link io.kinolift.kernel.interpolate.InterpolationKernel}, to the same bytes.
 *
 * <p>Samples of 10 bits are samples of 8 bits four times as fine, everywhere, and those of 16 bits 256 times: what an
 * operator gives for v it gives for 4v four fold, rounded to steps a quarter as large and clamped to 0..1023. Interpolation
 * and convolution are linear, so that nothing is scaled but a bias (which counts 1020 fold of 10 bits, 65280 of 16), black
 * and neutral of {@code RgbMatrix} (64 and 512), and what a network takes for white (1020). Full range of 10 bits goes on
 * to 1023, a little beyond that white.
 *
 * <p>Planes are treated by the {@link io.kinolift.frame.Role} of their components: alpha is enlarged as luma is by
 * interpolation, and interpolated as chroma is, on the full grid, by operators for luma or RGB; planes of green, blue and
 * red are RGB as interleaved ones are.
 *
 * <h2>Transposed convolution</h2>
 *
 * {@link io.kinolift.upscale.convolve.TransposedConvolution} has PyTorch's parameters for time, height and width. The polyphase
 * form is in {@code ConvTables}: all outputs between two inputs share what they see, so they are made together as dense
 * sums without zeros inserted and without a buffer of columns. {@code ConvolvedRows} feeds the kernel;
 * {@code ConvolvedChannels}, for any samples wherever they lie, and {@code RgbPlanes} make planes of its sums.
 *
 * <ul>
 *   <li>Sums are of samples 0 to 255, in which the 255 of value/255 cancels; a bias counts 255 fold. So the default
 *       weights, {@link io.kinolift.upscale.convolve.ConvWeights#trilinear}, are exact in float32 where strides are powers of
 *       two, and give the bytes of trilinear interpolation.
 *   <li>Terms are added by frame, channel, row, column, each ascending, by fused multiply-add; which phases are made
 *       together changes nothing but terms of weight 0.
 *   <li>Outside a picture lies its edge or zeros, see {@link io.kinolift.upscale.convolve.Border}; outside a segment likewise.
 * </ul>
 *
 * <h2>Adaptive weights</h2>
 *
 * {@link io.kinolift.upscale.adapt.FilterBank} is a transposed convolution of stride 2 for every one of
 * {@link io.kinolift.upscale.adapt.GradientClasses}: each sample's four outputs are made by the kernel of what is around it.
 * That takes as many multiply-adds as one kernel of 12 by 12 for all, 36 per output; but neighbours share no weights, so
 * lanes are the outputs of a sample rather than columns, and it takes about four times as long
 * ({@code AdaptivePlane}, {@link io.kinolift.kernel.adapt.AdaptiveKernel}). Classes are told from luma by arithmetic that is
 * the same everywhere. Luma alone; chroma is interpolated at the kernels' centres.
 *
 * <h2>Overshoot</h2>
 *
 * A kernel that is sharper than the footage adds a dark or bright line beside an edge. {@code LimitedOperator} holds
 * luma, after any operator, to the range of the 3x3 inputs around in the frames on either side, widened by a share of
 * that range, and at a peak or pit by a share of its height. The sum over the outputs of an input stays as it was: what
 * is cut off a line goes to the samples beside it, and the picture is as bright as before. Fitted weights ask for it: they
 * then ring less than Lanczos and are closer to the footage. Weights that say nothing of it, such as PyTorch's, are left
 * as they are. Where an output lies is told by sizes alone, so it fits kernels that are padded to a whole multiple of the
 * input. Bands end between the outputs of two rows of input, so that no thread needs what another makes.
 *
 * <h2>Networks</h2>
 *
 * {@link io.kinolift.upscale.network.Network} is whatever makes samples of samples, {@link io.kinolift.upscale.network.NetworkUpsampling}
 * how it is applied. {@code NetworkTiles} gives it tiles with their halo, the frames on either side, and nothing where a
 * picture or segment ends, so that its own padding holds there as on the whole clip. Every output picture is a run of
 * its own: a network that makes several outputs per input runs as often.
 *
 * <p>Imports {@code frame} and {@code kernel}.
 */
package io.kinolift.upscale;
