/**
 * Row loops over planes of samples: memory segments, numbers and tables, nothing of the domain. One subpackage per
 * subject; {@code upscale} uses the same words.
 *
 * <p>Every subpackage has the same parts. An interface states the arithmetic. A {@code Scalar} class defines the result
 * in plain loops. A {@code Vector} class computes the same bytes in the lanes of {@code jdk.incubator.vector}: lanes are
 * outputs, never parts of one sum, so the order of operations is the scalar one. A {@code SelfCheck} compares the two on
 * a few rows at start, because a wrong JIT must not become a wrong picture. Nothing is allocated per row.
 *
 * <p>{@link io.kinolift.kernel.Kernels} chooses between scalar and vector loops, once per JVM;
 * {@code -Dkinolift.simd=off|128|256|512} overrules it.
 *
 * <p>Samples are bytes, or unsigned little-endian shorts with a largest value of their own, see {@link
 * io.kinolift.kernel.sample.SampleType}. Kernels trust that no sample is larger.
 *
 * <p>Imports nothing else of ours.
 */
package io.kinolift.kernel;
