/**
 * How alike two videos are: the figures and the picture of {@code compare}.
 *
 * <p>{@link io.kinolift.quality.PlaneQuality} measures one plane, {@link io.kinolift.quality.FrameQuality} the
 * components of two pictures, {@link io.kinolift.quality.ClipQuality} gathers frames, and
 * {@link io.kinolift.quality.QualityCsv} writes them down. PSNR and SSIM are those of FFmpeg's {@code psnr} and
 * {@code ssim} filters, so that the figures can be held against it. GMSD ({@code GradientSimilarity}) stands for what
 * people see: FFmpeg as it comes has no VMAF. Ringing ({@code Ringing}) is what sharpening costs.
 * {@link io.kinolift.quality.SideBySide} draws two pictures for the eye.
 *
 * <p>Imports {@code frame} alone.
 */
package io.kinolift.quality;
