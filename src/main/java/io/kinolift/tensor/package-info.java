/**
 * The reference: PyTorch's upsampling operators on whole float32 tensors, written to be read. Usable as a library,
 * without Kafka, video or native code.
 *
 * <pre>{@code
 * Tensor x = Tensor.of(samples, 1, 3, 8, 270, 480);                  // N, C, D, H, W
 * Tensor y = Upsample.builder().mode(TRILINEAR).scaleFactor(2).build().apply(x);
 * Tensor z = ConvTranspose.builder(weight).stride(2).padding(1).build().apply(x);
 * }</pre>
 *
 * <table>
 *   <caption>PyTorch's names and ours</caption>
 *   <tr><td>nn.Upsample, F.interpolate</td><td>{@link io.kinolift.tensor.Upsample}</td></tr>
 *   <tr><td>nn.UpsamplingNearest2d</td><td>{@link io.kinolift.tensor.UpsamplingNearest2d}</td></tr>
 *   <tr><td>nn.UpsamplingBilinear2d</td><td>{@link io.kinolift.tensor.UpsamplingBilinear2d}</td></tr>
 *   <tr><td>nn.ConvTranspose1d, 2d, 3d</td><td>{@link io.kinolift.tensor.ConvTranspose}</td></tr>
 *   <tr><td>nn.MaxPool1d, 2d, 3d</td><td>{@link io.kinolift.tensor.MaxPool}</td></tr>
 *   <tr><td>nn.MaxUnpool1d, 2d, 3d</td><td>{@link io.kinolift.tensor.MaxUnpool}</td></tr>
 *   <tr><td>nn.BatchNorm1d, 2d, 3d, evaluation mode</td><td>{@link io.kinolift.tensor.BatchNorm}</td></tr>
 *   <tr><td>the up-convolution of U-Nets</td><td>{@link io.kinolift.tensor.UpConvolution}</td></tr>
 * </table>
 *
 * <p>A parameter with one value per spatial dimension may also be given as a single number. Arguments that PyTorch
 * refuses throw an {@link java.lang.IllegalArgumentException} that says what was expected and what was found. The tests
 * compare every operator with libtorch on random parameters.
 *
 * <p>PyTorch has two front ends, Python and C++, over one set of kernels. The values here are those of the kernels.
 * Where the C++ front end checks its arguments less strictly, Python's rules apply here:
 *
 * <ul>
 *   <li>{@code align_corners} with nearest-exact, and {@code recompute_scale_factor} with {@code size}, are refused.
 *   <li>{@code output_size} of a transposed convolution takes the dilation into account.
 *   <li>{@code output_size} of unpooling must differ from the usual size by less than a stride. It may give the spatial
 *       sizes only.
 * </ul>
 *
 * <p>PyTorch accepts dimensions of size 0 and a dilation of 0; both are refused here.
 */
package io.kinolift.tensor;
