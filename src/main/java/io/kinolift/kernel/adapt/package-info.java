/**
 * Filters that differ from sample to sample: every input sample has its own kernel, which makes the sample's four
 * outputs. Lanes are the outputs of one sample, because neighbouring samples share no weights.
 * {@link io.kinolift.kernel.adapt.AdaptiveKernel} states the arithmetic,
 * {@link io.kinolift.kernel.adapt.ScalarAdaptive} defines the result. The loops that sort samples by their gradients are
 * in {@link io.kinolift.kernel.adapt.GradientKernel}; there a lane is a sample.
 */
package io.kinolift.kernel.adapt;
