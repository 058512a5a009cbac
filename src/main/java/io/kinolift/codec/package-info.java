/**
 * Encoded bytes to pictures and back, video files to frames and back: the only package that sees FFmpeg, through the
 * JavaCPP presets that JavaCV is made of.
 *
 * <ul>
 *   <li>{@link io.kinolift.codec.FrameCodecs} chooses the codec of single frames. A payload decodes alone, and decoding
 *       is a function of its bytes: a decoder makes a new context for each frame, because FFmpeg's keep tables. Encoders
 *       write into a {@link io.kinolift.codec.PayloadBuffer} of the caller's, which is used again for the next picture.
 *   <li>{@link io.kinolift.codec.AvPictures} are pictures in FFmpeg's memory. Decoded frames become pictures, and
 *       aligned pictures become frames, without a copy. An encoder that may hold a frame longer than the call gets one.
 *   <li>{@link io.kinolift.codec.VideoReader} reads files, devices and URLs,
 *       {@link io.kinolift.codec.PictureSource} also what FFmpeg's filters make; {@link io.kinolift.codec.VideoWriter}
 *       writes files and copies audio beside the pictures.
 * </ul>
 *
 * <p>JavaCV's FFmpegFrameGrabber is not used: it drops the errors of the decoder, so that damage cannot be counted; it
 * opens the audio decoder too, and fails where only that is missing; its times are microseconds, wrong where there are
 * none. Its FFmpegFrameRecorder cannot keep exact time bases or copy audio packets.
 *
 * <p>FFmpeg's grey is not JPEG's: its encoder has no single-component JPEG, so GRAY8 travels with neutral chroma, and a
 * JPEG is accepted as GRAY8 only if it has that. NV12 and BGR24 are other orders of YUV420P and RGB24.
 *
 * <p>Samples of 10 bits come from any decoder that has them and go into FFV1 and raw frames; JPEG and PNG refuse them.
 * Of the encoders of files at hand, AV1, FFV1 and ProRes take 10 bits, H.264 and VP9 do not. Nothing converts 10 bits to 8
 * unasked: {@link io.kinolift.codec.EightBits} is for what is only looked at. Kernels rely on samples of at most 1023: a
 * raw frame with larger ones is undecodable, {@link io.kinolift.codec.VideoReader} refuses a file with them, and the
 * decoder of FFV1 makes none, whatever bytes it is given.
 *
 * <p>Imports {@code frame} alone.
 */
package io.kinolift.codec;
