/**
 * Removes ringing: {@link io.kinolift.kernel.limit.RangeLimit} holds outputs to the range of the inputs around them, by
 * the loops of {@link io.kinolift.kernel.limit.RangeKernel}. The loops find the few samples that leave the range; these
 * are then corrected one by one.
 */
package io.kinolift.kernel.limit;
