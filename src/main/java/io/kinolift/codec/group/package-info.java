/**
 * Inter-coded frames: H.264, HEVC, VP9 and AV1.
 *
 * <p>{@link io.kinolift.codec.group.AccessUnit} looks at the bytes of a frame: whether there is one picture in them, and
 * whether decoding can begin there. {@link io.kinolift.codec.group.GroupDecoder} decodes frames in the order in which they
 * were encoded and gives pictures in the order in which they are shown.
 *
 * <p>{@link io.kinolift.codec.group.GroupEncoder} encodes the pictures of one group, each into a frame at once: no frame
 * waits for a later picture. {@code GroupTuning} says that to each encoder in its own words.
 *
 * <p>{@link io.kinolift.codec.group.StreamDecoder} is for everybody who reads a stream to show it: records in, pictures in
 * the order of display out, with what was left out and why. {@link io.kinolift.codec.group.Continuity} is the part of it
 * that needs no decoder: which frames can be decoded, as far as headers tell. The engine has a way of its own, because it
 * asks for single frames of a window, again and again.
 *
 * <table>
 *   <caption>What a stream decoder leaves out</caption>
 *   <tr><th>frame</th><th>cause</th></tr>
 *   <tr><td>one before the first key frame of its session, or shown before it</td><td>{@code NO_KEY_FRAME}</td></tr>
 *   <tr><td>one after a hole in the sequence, a discontinuity mark, an unreadable record or a damaged frame, up to the next
 *       key frame; one that is shown before that key frame</td><td>{@code NO_REFERENCE}</td></tr>
 *   <tr><td>one that does not decode, or is no whole picture</td><td>{@code DAMAGED}</td></tr>
 *   <tr><td>one with a time that is not after that of the picture before it</td><td>{@code TIME_NOT_AFTER}</td></tr>
 *   <tr><td>a second copy; it is decoded if it begins with a key frame, because later frames refer to it</td>
 *       <td>{@code REPEATED}</td></tr>
 * </table>
 *
 * <p>Frame 0 of the same session is no second copy if it has a discontinuity mark, or comes after the end of the stream.
 * The end is not among the frames, so readers tell the decoder of a restart.
 *
 * <p>FFmpeg conceals what it cannot decode, and says so in places that differ by codec. Here everything that it reports
 * counts as damage, and a decoder that met damage is not used any more: what would come after it may refer to it.
 *
 * <p>Imports {@code frame}, {@code codec} and {@code ffmpeg} only.
 */
package io.kinolift.codec.group;
