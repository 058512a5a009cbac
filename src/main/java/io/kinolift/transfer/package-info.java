/**
 * Video files, devices and network streams into a frames topic, and a frames topic into a video file.
 *
 * <ul>
 *   <li>{@link io.kinolift.transfer.Ingest} reads pictures, encodes them in parallel, and sends them in order, then the
 *       end of the stream.
 *   <li>{@link io.kinolift.transfer.Collect} reads one stream ({@code read_committed}), decodes in parallel, and hands
 *       the pictures to a {@link io.kinolift.transfer.VideoFile} until it sees the end record.
 *   <li>{@link io.kinolift.transfer.Upscaling} is both around the stream application: file to file, with a bounded
 *       number of frames on the way and what was read deleted. Its {@link io.kinolift.transfer.Cluster} is an embedded
 *       broker, or topics of its own on a cluster that is there.
 * </ul>
 *
 * <p>{@link io.kinolift.transfer.InOrder} is how both use several threads without losing the order.
 */
package io.kinolift.transfer;
