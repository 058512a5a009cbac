/**
 * Limits overshoot. A kernel that is sharper than the footage draws a dark or bright line beside an edge.
 * {@link io.kinolift.upscale.limit.LimitedOperator} holds the luma of any operator to the range of the 3x3 inputs around
 * it, in the frames on either side, widened by a share of that range; at a peak or a pit it is widened by a share of the
 * peak's height.
 *
 * <p>The sum over the outputs of one input stays the same: the samples beside a line receive what the line loses, so the
 * picture keeps its brightness. Fitted weights ask for the limit; with it they ring less than Lanczos and are closer to
 * the footage. Weights that do not mention it, such as PyTorch's, are left alone.
 *
 * <p>Sizes alone decide which outputs belong to which input, so the limit fits kernels padded to a whole multiple of
 * the input. Bands end between the outputs of two input rows, so no thread needs the rows of another.
 */
package io.kinolift.upscale.limit;
