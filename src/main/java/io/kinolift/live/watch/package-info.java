/**
 * Streams as video: outputs that browsers and players can watch while the application works.
 *
 * <table>
 *   <caption>Addresses; STREAM is a {@link io.kinolift.live.watch.WatchAddress}</caption>
 *   <tr><td>GET /watch/STREAM.mjpeg</td><td>the newest outputs as JPEG, one after the other in one answer
 *       ({@code multipart/x-mixed-replace})</td></tr>
 *   <tr><td>GET /watch/STREAM/index.m3u8</td><td>a playlist of HLS with low-latency parts (RFC 8216bis); {@code
 *       _HLS_msn} and {@code _HLS_part} wait for what is not there yet</td></tr>
 *   <tr><td>GET /watch/STREAM/init-R.mp4</td><td>the header of run R</td></tr>
 *   <tr><td>GET /watch/STREAM/N.m4s</td><td>segment N</td></tr>
 *   <tr><td>GET /watch/STREAM/N-P.m4s</td><td>part P of segment N; waits for the next one</td></tr>
 * </table>
 *
 * <p>{@link io.kinolift.live.watch.Watching} hears of all outputs and hands those of watched streams to a {@link
 * io.kinolift.live.watch.Screen}. Nothing is decoded or encoded in a stream thread, and no watcher can make one wait.
 *
 * <p>Video is made in a thread of its own for each stream that somebody plays, the {@link
 * io.kinolift.live.watch.Broadcast}. Its queue is bounded in bytes; outputs that come while it is full are left out and
 * counted. Where encoding is slower than the stream, a {@code Thinning} leaves out every second output or more, so that a
 * watcher stays near the newest. A {@link io.kinolift.live.watch.Run} cuts outputs without a break into parts and segments; a discontinuity, a
 * new format, a new session or a hole begins another run, with a header of its own and {@code EXT-X-DISCONTINUITY}. The
 * {@link io.kinolift.live.watch.Timeline} keeps what was cut, bounded in seconds and bytes, and the {@link
 * io.kinolift.live.watch.Playlist} tells players of it. All of it is gone when nobody has asked for {@code
 * kinolift.watch.idle.ms}.
 *
 * <p>Sound comes from its topic by a {@link io.kinolift.sound.SoundAhead}, and is put beside the pictures as they are cut.
 * Players cannot do without a track that they have had, so once a stream has sound, all its runs have a track of it. Sound
 * that begins later begins another run.
 *
 * <p>Two deviations from RFC 8216bis, because nobody knows how a stream will go on: a playlist that was waited
 * for in vain is given unchanged, not as status 503, and the targets grow if a later run needs longer parts.
 *
 * <p>{@link io.kinolift.live.watch.Payloads} knows how payloads become pictures. Outputs that refer to
 * others go through a {@link io.kinolift.codec.group.StreamDecoder}, one for video and one for pictures. They begin with
 * a key frame, also where something was left out. Until somebody asks for a picture, {@code UndecodedFrames} keeps the frames
 * from the last key frame on, bounded in bytes. Outputs that are told again, after an aborted transaction, are decoded again
 * and not shown again.
 *
 * <p>What {@link io.kinolift.live.watch.WatchRoutes} answers with is for those who may see pictures; {@code live}
 * decides who that is.
 */
package io.kinolift.live.watch;
