/**
 * Input records, in the formats in which people have frames: {@code VideoFrame}s
 * ({@link io.kinolift.wire.input.AvroInput}), images ({@link io.kinolift.wire.input.ImageInput}) and JSON
 * ({@link io.kinolift.wire.input.JsonInput}).
 *
 * <p>An {@link io.kinolift.wire.input.InputFormat} first finds out whose a record is
 * ({@link io.kinolift.wire.input.StreamNames}), then what it says: a frame or the end of a stream. Images and JSON say
 * neither session nor number, and their times jitter. What they leave out comes from the stream's
 * {@link io.kinolift.wire.input.StreamPlace}, which lies in its row and is a function of the records before. So a replay of
 * the log reads the same frames:
 *
 * <ul>
 *   <li>A session is named after the timestamp of its first record, in milliseconds, or follows the last one if that is
 *       higher. It ends with a tombstone, a record with the end header, or after
 *       {@code kinolift.stream.end.timeout.ms}.
 *   <li>Frames are numbered as they come. A record that cannot be used keeps its number, so the next frame finds a gap.
 *   <li>Times are those of records, headers or fields ({@link io.kinolift.wire.input.TimeRule}), followed by
 *       {@link io.kinolift.wire.input.StreamClock}; or those of a fixed rate.
 * </ul>
 *
 * <p>What else came with a record (key, headers, the rest of its JSON) is its {@link io.kinolift.window.Envelope} and goes
 * on with its outputs. Nothing here decodes a picture: format and size come from the image's own header.
 */
package io.kinolift.wire.input;
