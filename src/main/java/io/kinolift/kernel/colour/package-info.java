/**
 * Rows between planes and RGB, in float: triples are split and joined, luma and chroma become red, green and blue and
 * back. {@link io.kinolift.kernel.colour.RgbKernel} states the arithmetic, {@link io.kinolift.kernel.colour.ScalarRgb}
 * defines the result.
 */
package io.kinolift.kernel.colour;
