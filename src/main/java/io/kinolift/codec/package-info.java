/**
 * Turns encoded frames into pictures and back.
 *
 * <p>{@link io.kinolift.codec.FrameCodecs} chooses the codec. A payload decodes alone, and the result depends on its
 * bytes only. FFmpeg's contexts keep tables, so a decoder makes a new context for each frame. Encoders write into a
 * {@link io.kinolift.codec.PayloadBuffer} of the caller, who reuses it for the next picture.
 *
 * <p>FFmpeg's JPEG encoder cannot write a single component. A GRAY8 picture is therefore written with neutral chroma,
 * and a JPEG is accepted as GRAY8 only if its chroma is neutral. NV12 and BGR24 are other orders of YUV420P and RGB24.
 *
 * <p>Samples of 10 bits may come from any decoder. FFV1 and raw frames carry them; JPEG and PNG refuse them. Kernels rely
 * on samples within their depth: a raw frame with larger samples is undecodable, and the FFV1 decoder never makes them
 * from any bytes.
 *
 * <p>Imports {@code frame} and {@code ffmpeg} only.
 */
package io.kinolift.codec;
