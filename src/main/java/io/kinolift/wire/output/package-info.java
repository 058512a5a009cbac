/**
 * Output records: {@code VideoFrame}s ({@link io.kinolift.wire.output.AvroOutput}), images
 * ({@link io.kinolift.wire.output.ImageOutput}) and JSON ({@link io.kinolift.wire.output.JsonOutput}).
 *
 * <p>An {@link io.kinolift.wire.output.OutputFormat} says how large a payload may be, writes a frame while its payload is
 * lent, and makes the record when {@code account} knows whether outputs before it are missing. Images and JSON have the key
 * of the input record, the time of the frame as their timestamp, the input's headers, and what a {@code VideoFrame} would
 * say in headers of their own ({@code FrameHeaders}). {@link io.kinolift.wire.output.OutputReader} reads all of them.
 */
package io.kinolift.wire.output;
