/**
 * FFmpeg's pictures, layouts, filters and errors in this project's words. With {@code codec}, {@code video} and {@code
 * client}, which build on it, this is the only package that sees FFmpeg; it uses the JavaCPP presets that JavaCV is
 * built on.
 *
 * <ul>
 *   <li>{@link io.kinolift.ffmpeg.AvPictures} are pictures in FFmpeg's memory. Decoded frames become pictures, and
 *       aligned pictures become frames, without a copy. Only an encoder that may hold a frame longer than the call gets
 *       a copy.
 *   <li>{@link io.kinolift.ffmpeg.InputLayout} says which format of ours a foreign layout becomes. {@link
 *       io.kinolift.ffmpeg.LayoutReader} takes its samples out one by one, {@link io.kinolift.ffmpeg.LayoutWriter} puts
 *       samples into one, and {@link io.kinolift.ffmpeg.LayoutConversion} makes new ones by FFmpeg's scaler. {@link
 *       io.kinolift.ffmpeg.LayoutMemory} copies pictures between frames and the memory of others. {@link
 *       io.kinolift.ffmpeg.Interleaving} only puts samples in another order.
 *   <li>{@link io.kinolift.ffmpeg.FfmpegLog} remembers the reason that FFmpeg gives for an error.
 * </ul>
 *
 * <p>Nothing converts 10 bits to 8 unasked; {@link io.kinolift.ffmpeg.EightBits} is only for pictures that are shown to
 * people.
 *
 * <p>Imports {@code frame} only.
 */
package io.kinolift.ffmpeg;
