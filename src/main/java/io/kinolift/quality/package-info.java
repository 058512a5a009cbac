/**
 * How alike two pictures are: the figures of {@code compare}. {@link io.kinolift.quality.PlaneQuality} measures one
 * plane; SSIM is that of FFmpeg's {@code ssim} filter, so that the figures can be held against it.
 *
 * <p>Imports {@code frame} alone.
 */
package io.kinolift.quality;
