/**
 * Turns encoded bytes into pictures and back, and video files into frames and back. This is the only package that sees
 * FFmpeg; it uses the JavaCPP presets that JavaCV is built on.
 *
 * <ul>
 *   <li>{@link io.kinolift.codec.FrameCodecs} chooses the codec of single frames. A payload decodes alone, and the
 *       result depends on its bytes only. FFmpeg's contexts keep tables, so a decoder makes a new context for each
 *       frame. Encoders write into a {@link io.kinolift.codec.PayloadBuffer} of the caller, who reuses it for the next
 *       picture.
 *   <li>{@link io.kinolift.codec.AvPictures} are pictures in FFmpeg's memory. Decoded frames become pictures, and
 *       aligned pictures become frames, without a copy. Only an encoder that may hold a frame longer than the call gets
 *       a copy.
 *   <li>{@link io.kinolift.codec.VideoReader} reads files, devices and URLs. {@link io.kinolift.codec.PictureSource}
 *       can also read the output of FFmpeg's filters. {@link io.kinolift.codec.VideoWriter} writes files, and copies
 *       audio beside the pictures.
 * </ul>
 *
 * <p>JavaCV's FFmpegFrameGrabber is not used, for three reasons. It hides errors of the decoder, so damage cannot be
 * counted. It opens the audio decoder too, and fails if only that one is missing. Its times are microseconds, and are
 * wrong if the file has none. JavaCV's FFmpegFrameRecorder cannot keep exact time bases or copy audio packets.
 *
 * <p>FFmpeg's JPEG encoder cannot write a single component. A GRAY8 picture is therefore written with neutral chroma,
 * and a JPEG is accepted as GRAY8 only if its chroma is neutral. NV12 and BGR24 are other orders of YUV420P and RGB24.
 *
 * <p>Samples of 10 bits may come from any decoder. FFV1 and raw frames carry them; JPEG and PNG refuse them. For files,
 * the AV1, FFV1 and ProRes encoders take 10 bits, H.264 and VP9 do not. Nothing converts 10 bits to 8 unasked; {@link
 * io.kinolift.codec.EightBits} is only for pictures that are shown to people. Kernels rely on samples within their depth.
 * A raw frame with larger samples is undecodable, {@link io.kinolift.codec.VideoReader} refuses a file with them, and
 * the FFV1 decoder never makes them from any bytes.
 *
 * <p>Imports {@code frame} only.
 */
package io.kinolift.codec;
