/**
 * Transposed convolution. {@link io.kinolift.upscale.convolve.TransposedConvolution} has PyTorch's parameters for time,
 * height and width.
 *
 * <p>{@code ConvTables} holds the polyphase form: all outputs between two inputs see the same inputs, so they are made
 * together as dense sums, without inserted zeros and without a buffer of columns. {@code ConvolvedRows} feeds the kernel;
 * {@code ConvolvedPlane} and {@code RgbPlanes} turn its sums into planes.
 *
 * <ul>
 *   <li>Sums are of samples, not of value/255: the largest sample cancels, and only a bias is multiplied by it. So the
 *       weights of {@link io.kinolift.upscale.convolve.ConvWeights#trilinear} are exact in float32 if strides are
 *       powers of two, and give the bytes of trilinear interpolation.
 *   <li>Terms are added by frame, channel, row and column, each ascending, by fused multiply-add. Making phases together
 *       changes only terms of weight 0.
 *   <li>Outside a picture and outside a segment, the convolution sees the edge or zeros, see {@link
 *       io.kinolift.upscale.convolve.Border}.
 * </ul>
 */
package io.kinolift.upscale.convolve;
