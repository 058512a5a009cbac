/**
 * Moves video files, devices and network streams into a frames topic, and a frames topic into a video file.
 *
 * <ul>
 *   <li>{@link io.kinolift.transfer.Ingest} reads pictures, encodes them in parallel, and sends them in order, followed
 *       by the end of the stream. Room {@code source} gives it the pictures of live sources: looped, paced, reconnected. Room {@code
 *       ingest} has sources from their opening to their end. The sound beside the frames is {@code io.kinolift.sound}'s.
 *   <li>{@link io.kinolift.transfer.Collect} reads one stream ({@code read_committed}) and hands it to a {@link
 *       io.kinolift.transfer.VideoFile} until it sees the end record. A {@code DecodedDelivery} decodes: frames that decode
 *       alone in parallel, those that refer to others by one thread, while another encodes. What of the latter is missing or damaged
 *       is left out and counted. A {@code CopiedDelivery} hands frames over as they are, if they can be decoded as far as
 *       headers and checksums tell.
 *   <li>An {@link io.kinolift.transfer.OutputPlace} is a file, the pictures of a sequence, or a pipe. What cannot be used is
 *       an {@link io.kinolift.transfer.UnusablePlaceException}.
 *   <li>{@link io.kinolift.transfer.Upscaling} combines both with the stream application: file to file. The number of
 *       frames on the way is bounded, and records are deleted when they have been read. Its {@link
 *       io.kinolift.transfer.Cluster} is an embedded broker, or an existing cluster on which it has topics of its own.
 * </ul>
 *
 * <p>{@link io.kinolift.transfer.InOrder} lets {@code Ingest} and {@code Collect} use several threads without losing
 * the order.
 */
package io.kinolift.transfer;
