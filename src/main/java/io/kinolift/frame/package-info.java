/**
 * The values of the domain: frames, pictures, formats and times, independent of Kafka, FFmpeg and kernels.
 *
 * <ul>
 *   <li>{@link io.kinolift.frame.EncodedFrame} is a frame as it travels: a header and the bytes of one picture. The
 *       bytes stay where they were received or written; passing the frame on does not copy them.
 *   <li>{@link io.kinolift.frame.Picture} is the same frame decoded: planes in native memory, owned by the object's
 *       holder and freed by {@link io.kinolift.frame.Picture#close()}. Samples are bytes, or 9 to 16 bits in
 *       little-endian shorts. {@link io.kinolift.frame.PixelFormat} is the table of formats: depth, planes, and the
 *       {@link io.kinolift.frame.Role} of each of their components.
 *   <li>{@link io.kinolift.frame.LumaWeights} has the matrices of ITU-T H.273.
 *   <li>{@link io.kinolift.frame.Rational} carries every factor, time base and aspect ratio; no time in this code base
 *       is a floating point number.
 *   <li>{@link io.kinolift.frame.TimeGrid} gives the positions of an operator's outputs in time. Windows need to know
 *       nothing else about an operator.
 * </ul>
 *
 * <p>Imports no other package of Kinolift.
 */
package io.kinolift.frame;
