/**
 * Interpolation, and the vocabulary of positions that other operators share.
 *
 * <p>{@link io.kinolift.upscale.interpolate.Coordinates} is the exact position of output o on an axis; {@link
 * io.kinolift.upscale.interpolate.Taps} are the inputs and weights that follow from it. Linear modes are exact if the
 * common denominator fits {@link io.kinolift.kernel.interpolate.InterpolationKernel#maxDenominator()}, and float32
 * otherwise. Bicubic is float32.
 *
 * <p>{@code InterpolatedRows} uses the fused loops wherever they serve: {@code DoublingRows} (linear or cubic) and
 * {@code EnlargedRows}. Cubic taps have a fused loop for factor 2 of 8-bit planes on half-pixel centres, if the
 * denominator in time is a power of two. All other rows are made one by one, with the same bytes.
 */
package io.kinolift.upscale.interpolate;
