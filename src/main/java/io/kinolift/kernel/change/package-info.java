/** How much rows of two pictures differ, summed column by column, by {@link io.kinolift.kernel.change.ChangeKernel}. */
package io.kinolift.kernel.change;
