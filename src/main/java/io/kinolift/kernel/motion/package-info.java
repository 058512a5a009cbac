/**
 * Motion of blocks: {@link io.kinolift.kernel.motion.MotionKernel} compares two blocks, in whole numbers;
 * {@link io.kinolift.kernel.motion.WarpKernel} makes the block between two, in float32. Blocks may lie partly outside
 * pictures, so these are copied onto the heap with a margin ({@link io.kinolift.kernel.motion.LumaLevel},
 * {@link io.kinolift.kernel.motion.SampleGrid}).
 */
package io.kinolift.kernel.motion;
