/**
 * Streaming operators: a run of pictures becomes output pictures. One subpackage per kind; {@code kernel} has the loops
 * under the same names.
 *
 * <ul>
 *   <li>{@link io.kinolift.upscale.Operator} is an operator before the picture size is known. It knows the positions of
 *       outputs in time ({@link io.kinolift.frame.TimeGrid}) and the formats that it refuses.
 *   <li>{@link io.kinolift.upscale.Operator#bind} computes the geometry of one picture size;
 *       {@link io.kinolift.upscale.BoundOperator#upscale} makes one output picture.
 *   <li>{@link io.kinolift.upscale.InputFrames} are the inputs that an operator may see. Taps outside them repeat the
 *       nearest one; this is how the ends of a segment and barriers reach the operator.
 *   <li>An operator is a temporal stage (which inputs, with which weights) and a spatial stage. Trilinear interpolation
 *       and convolutions with an extent in time are both at once; {@code compose} joins any temporal stage, such as a
 *       blend, {@code motion} or {@code cadence}, with any spatial operator. What a temporal stage puts between two
 *       pictures is a {@link io.kinolift.upscale.Between}.
 * </ul>
 *
 * <p>Every plane is enlarged by the luma factor, on its own half-pixel grid. Dimensions that keep their size are
 * copied.
 *
 * <p>A sample of more than 8 bits is an 8-bit sample in finer steps: 4 times as fine with 10 bits, 256 times with 16.
 * Interpolation and convolution are linear, so scaling the inputs by 4 scales the outputs by 4, rounded to the finer
 * steps. Only three things are scaled with the depth: a bias, the black and neutral levels of {@code RgbMatrix}, and the
 * level that a network takes for white.
 *
 * <p>The {@link io.kinolift.frame.Role} of a component decides its treatment. Interpolation enlarges alpha in the same
 * way as luma. Operators for luma or RGB interpolate alpha on the full grid, in the same way as chroma. Planes of
 * green, blue and red are RGB, and so are interleaved components.
 *
 * <p>Imports {@code frame}, {@code kernel}, {@code pair} and {@code motion}.
 */
package io.kinolift.upscale;
