/**
 * Adaptive weights. A {@link io.kinolift.upscale.adapt.FilterBank} is one transposed convolution of stride 2 for each of
 * the {@link io.kinolift.upscale.adapt.GradientClasses}: the detail around a sample chooses the kernel that makes its four
 * outputs.
 *
 * <p>An output takes 36 multiply-adds, as many as one kernel of 12 by 12 for all samples would. But neighbours share no
 * weights, so it takes longer. Classes are computed from luma in arithmetic that gives the same
 * result on every machine. Only luma is filtered; chroma is interpolated at the kernels' centres.
 */
package io.kinolift.upscale.adapt;
