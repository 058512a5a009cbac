/**
 * Runs networks from ONNX files, with ONNX Runtime on the CPU.
 *
 * <p>{@link io.kinolift.onnx.OnnxNetwork} loads a file with one input and one output of floats. The input is [N, C, H,
 * W] or [N, C, D, H, W] with free height, width and depth. The output has the input's sizes times fixed whole factors,
 * which a trial run determines.
 *
 * <p>The file's metadata may say how to use the network: {@code halo} (T,H,W), {@code multiple}, {@code range} (1 or
 * 255), {@code order} (rgb or bgr), {@code channels} and {@code temporal_grid}. Settings win over metadata. {@link
 * io.kinolift.upscale.network.NetworkUpsampling} applies the network to pictures.
 *
 * <p>A session has one thread, because tiles are made in parallel. This is the only package that sees ONNX Runtime. It
 * imports {@code upscale}.
 */
package io.kinolift.onnx;
