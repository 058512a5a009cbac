/**
 * Networks in ONNX files, run by ONNX Runtime on the CPU.
 *
 * <p>{@link io.kinolift.onnx.OnnxNetwork} loads a file whose one input is [N, C, H, W] or [N, C, D, H, W] of floats, of
 * which height, width and depth are free, and whose one output is the same times fixed whole factors; which, a trial
 * tells. A file may say in its metadata how it wants to be used: {@code halo} (T,H,W), {@code multiple}, {@code range}
 * (1 or 255), {@code order} (rgb or bgr), {@code channels} and {@code temporal_grid}; settings win over it. What happens
 * to pictures is {@link io.kinolift.upscale.network.NetworkUpsampling}'s.
 *
 * <p>A session has one thread: tiles are made in parallel. The only place that sees ONNX Runtime. Imports
 * {@code upscale}.
 */
package io.kinolift.onnx;
