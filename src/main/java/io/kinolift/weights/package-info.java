/**
 * Weights of operators, as safetensors files. PyTorch users exchange weights in this format ({@code
 * safetensors.torch.save_file}), and it is simple enough to be checked completely before use.
 *
 * <ul>
 *   <li>{@link io.kinolift.weights.Safetensors} reads F32, F16 and BF16 tensors as float32. A file may contain tensors
 *       of other types, but they cannot be read.
 *   <li>{@link io.kinolift.weights.SafetensorsWriter} writes F32.
 *   <li>{@link io.kinolift.weights.ConvTransposeWeights} is one layer of a state dict: {@code prefix.weight} and,
 *       optionally, {@code prefix.bias}.
 *   <li>{@link io.kinolift.weights.ConvTransposeGeometry} has the parameters that such a file lacks: stride, padding
 *       and so on.
 *   <li>{@link io.kinolift.weights.LayerFile} is a layer with the metadata that {@code kinolift fit} wrote. {@link
 *       io.kinolift.weights.ShippedWeights} are the weights that come with Kinolift.
 *   <li>{@link io.kinolift.weights.AdaptiveWeights} is a bank of kernels, called {@code bank} instead of {@code
 *       weight}.
 *   <li>{@link io.kinolift.weights.Checkerboard} applies a layer to a constant picture when it is loaded, measures how
 *       uneven the result is, and warns.
 *   <li>{@link io.kinolift.weights.KernelPlot} draws kernels.
 * </ul>
 *
 * <p>A malformed file throws a {@link io.kinolift.weights.SafetensorsException}. Reading it takes no more memory than
 * the file itself and the entries of its header. Imports {@code tensor} only.
 */
package io.kinolift.weights;
