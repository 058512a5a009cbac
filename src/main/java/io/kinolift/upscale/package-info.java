/**
 * Streaming operators: a run of pictures becomes output pictures. One subpackage per kind; {@code kernel} has the loops
 * under the same names.
 *
 * <ul>
 *   <li>{@link io.kinolift.upscale.Operator} is an operator before the picture size is known. It knows where outputs lie
 *       in time ({@link io.kinolift.frame.TimeGrid}) and which formats it refuses.
 *   <li>{@link io.kinolift.upscale.Operator#bind} computes the geometry of one picture size;
 *       {@link io.kinolift.upscale.BoundOperator#upscale} makes one output picture.
 *   <li>{@link io.kinolift.upscale.InputFrames} are the inputs that an operator may see. Taps outside them repeat the
 *       nearest one; this is how the ends of a segment and barriers reach the operator.
 *   <li>An operator is a temporal stage (which inputs, with which weights) and a spatial stage. Trilinear interpolation
 *       and convolutions with an extent in time are both at once; {@code compose} joins a blend in time with any spatial
 *       operator.
 * </ul>
 *
 * <p>Every plane is enlarged by the luma factor, on its own half-pixel grid. A dimension of a plane whose size does not
 * change is copied.
 *
 * <p>Imports {@code frame}, {@code kernel} and {@code motion}.
 */
package io.kinolift.upscale;
