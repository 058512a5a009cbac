/**
 * Transposed convolution by rows. Input rows are widened to float once; many outputs are summed from the same rows by a
 * {@link io.kinolift.kernel.convolve.ConvTransposeTable}, in tiles that keep their sums in registers; the phases of a row
 * are joined while they are rounded.
 *
 * <p>{@link io.kinolift.kernel.convolve.ConvTransposeKernel} states the arithmetic,
 * {@link io.kinolift.kernel.convolve.ScalarConvTranspose} defines the result.
 */
package io.kinolift.kernel.convolve;
