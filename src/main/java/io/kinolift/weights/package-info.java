/**
 * Weights of operators, as safetensors files: the format PyTorch users exchange ({@code safetensors.torch.save_file}),
 * plain enough to be checked completely before it is used.
 *
 * <ul>
 *   <li>{@link io.kinolift.weights.Safetensors} reads F32, F16 and BF16 tensors as float32. Other element types may be
 *       in the file but not asked for.
 *   <li>{@link io.kinolift.weights.SafetensorsWriter} writes F32.
 *   <li>{@link io.kinolift.weights.ConvTransposeWeights} is one layer of a state dict: {@code prefix.weight} and,
 *       optionally, {@code prefix.bias}.
 *   <li>{@link io.kinolift.weights.ConvTransposeGeometry} is what the file does not say: stride, padding and so on.
 *   <li>{@link io.kinolift.weights.LayerFile} is a layer with what {@code kinolift fit} wrote beside it;
 *       {@link io.kinolift.weights.ShippedWeights} are those that come with Kinolift.
 *   <li>{@link io.kinolift.weights.AdaptiveWeights} is a bank of kernels, {@code bank} in place of {@code weight}.
 *   <li>{@link io.kinolift.weights.Checkerboard} measures, at load, what a layer makes of a constant, and warns.
 *   <li>{@link io.kinolift.weights.KernelPlot} draws kernels.
 * </ul>
 *
 * <p>A malformed file is a {@link io.kinolift.weights.SafetensorsException}, and costs no more memory than its own
 * size and its header's entries. Imports {@code tensor} alone of ours.
 */
package io.kinolift.weights;
