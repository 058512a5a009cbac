/**
 * The reference: PyTorch's upsampling operators on whole float32 tensors, written to be read. Usable as a library, without
 * Kafka, video or native code.
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
 * </table>
 *
 * <p>A parameter that has one value per spatial dimension may be given once for all. What PyTorch refuses is an
 * {@link java.lang.IllegalArgumentException} that says what was expected and what was found. The tests hold every
 * operator against libtorch on random parameters. Dimensions of size 0 are refused everywhere, though PyTorch takes some.
 */
package io.kinolift.tensor;
