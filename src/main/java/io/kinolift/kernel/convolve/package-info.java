/**
 * Transposed convolution by rows. Input rows are widened to float once. A {@link
 * io.kinolift.kernel.convolve.ConvTransposeTable} sums many outputs from the same rows, in tiles that keep their sums
 * in registers. Rounding also joins the phases of a row.
 *
 * <p>{@link io.kinolift.kernel.convolve.ConvTransposeKernel} states the arithmetic,
 * {@link io.kinolift.kernel.convolve.ScalarConvTranspose} defines the result.
 */
package io.kinolift.kernel.convolve;
