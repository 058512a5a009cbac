/**
 * What lies between a source and its frames on a topic: passes, pace, excerpts, and an end on request. Each is a {@link
 * io.kinolift.video.PictureSource} around another; {@link io.kinolift.transfer.source.Playback} says which, and puts them
 * together:
 *
 * <pre>
 * source, opened once or more   {@code Passes}      loops, reconnects; one clock over all of it ({@code Timeline})
 *   from a time, for a time     {@code Excerpt}
 *     read by another thread    {@code ReadAhead}   a source that says nothing cannot hold up an end
 *       at its own pace         {@code RealTime}
 * </pre>
 *
 * <p>Times that come out of here rise strictly. A picture that does not follow the one before it, because the source was
 * opened anew or set its clock, is marked as a discontinuity. {@link io.kinolift.transfer.source.Stop} ends it all early;
 * the pictures read up to then still come out.
 */
package io.kinolift.transfer.source;
