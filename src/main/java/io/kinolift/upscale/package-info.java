/**
 * Streaming operators: what turns a run of pictures into output pictures.
 *
 * <ul>
 *   <li>{@link io.kinolift.upscale.Operators} makes an {@link io.kinolift.upscale.Operator} from settings such as
 *       {@link io.kinolift.upscale.Interpolation}; {@link io.kinolift.upscale.Operator#bind} computes the geometry of
 *       one picture size; {@link io.kinolift.upscale.BoundOperator#upscale} makes a band of one output picture.
 *   <li>{@link io.kinolift.upscale.Coordinates} is the position of output o on an axis, exactly; {@code Taps} are the
 *       inputs and weights that follow from it.
 *   <li>{@link io.kinolift.upscale.InputFrames} is what the operator may see: taps outside it repeat its edge.
 * </ul>
 *
 * <p>Every plane is enlarged by the luma factor, on its own half-pixel grid. A dimension of a plane whose size does not
 * change is copied. Linear modes are exact where the common denominator fits
 * {@link io.kinolift.kernel.InterpolationKernel#MAX_DENOMINATOR}, otherwise float32; bicubic is float32.
 *
 * <p>Imports {@code frame} and {@code kernel}.
 */
package io.kinolift.upscale;
