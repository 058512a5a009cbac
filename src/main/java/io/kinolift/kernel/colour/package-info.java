/**
 * Rows between planes and RGB, in float: interleaved triples are taken apart and put together, luma and chroma become
 * red, green and blue and back. {@link io.kinolift.kernel.colour.RgbKernel} states the arithmetic,
 * {@link io.kinolift.kernel.colour.ScalarRgb} defines the result.
 */
package io.kinolift.kernel.colour;
