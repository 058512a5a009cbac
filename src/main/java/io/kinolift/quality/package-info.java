/**
 * Measures how alike two videos are, for the figures and the picture of {@code compare}.
 *
 * <p>{@link io.kinolift.quality.PlaneQuality} measures one plane, {@link io.kinolift.quality.FrameQuality} the
 * components of two pictures, {@link io.kinolift.quality.ClipQuality} adds up frames, and {@link
 * io.kinolift.quality.QualityCsv} writes the figures. PSNR and SSIM are computed as in FFmpeg's {@code psnr} and {@code
 * ssim} filters, so the figures can be compared. GMSD ({@code GradientSimilarity}) is closer to what people see; it is
 * used because FFmpeg's usual builds have no VMAF. Ringing ({@code Ringing}) is the price of sharpening. {@link
 * io.kinolift.quality.SideBySide} draws two pictures for the eye.
 *
 * <p>Imports {@code frame} only.
 */
package io.kinolift.quality;
