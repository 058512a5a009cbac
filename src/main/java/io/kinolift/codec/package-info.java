/**
 * Turns encoded frames into pictures and back.
 *
 * <p>{@link io.kinolift.codec.FrameCodecs} chooses the codec. A payload decodes alone, and the result depends on its
 * bytes only. FFmpeg's contexts keep tables, so a decoder makes a new context for each frame. Encoders write into a
 * {@link io.kinolift.codec.PayloadBuffer} of the caller, who reuses it for the next picture.
 *
 * <p>FFmpeg's JPEG encoder cannot write a single component. A GRAY8 picture is therefore written with neutral chroma,
 * and a JPEG is accepted as GRAY8 only if its chroma is neutral. Formats of other orders,
 * such as NV12 and BGR24, are put into the codec's, which follows from the layouts that FFmpeg's encoder takes.
 *
 * <p>Kernels rely on samples within their depth: a frame with larger samples is undecodable. FFmpeg's FFV1 decoder makes
 * them from damaged RGB.
 *
 * <p>Imports {@code frame} and {@code ffmpeg} only.
 */
package io.kinolift.codec;
