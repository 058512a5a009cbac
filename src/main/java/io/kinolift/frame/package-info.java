/**
 * The values of the domain: what a frame is, before anybody knows about Kafka, FFmpeg or kernels.
 *
 * <ul>
 *   <li>{@link io.kinolift.frame.EncodedFrame} is a frame as it travels: a header and the bytes of one picture, which
 *       lie where they were received or written and are not copied from hand to hand.
 *   <li>{@link io.kinolift.frame.Picture} is the same frame decoded: planes in native memory, owned by whoever holds
 *       the object and freed by {@link io.kinolift.frame.Picture#close()}. Samples are bytes, or 9 to 16
 *       bits in little-endian shorts. {@link io.kinolift.frame.PixelFormat} is the table of what there is: depth,
 *       planes, and the {@link io.kinolift.frame.Role} of each of their components.
 *   <li>{@link io.kinolift.frame.LumaWeights} has the matrices of ITU-T H.273.
 *   <li>{@link io.kinolift.frame.Rational} carries every factor, time base and aspect ratio; no time in this code base
 *       is a floating point number.
 *   <li>{@link io.kinolift.frame.TimeGrid} says where the outputs of an operator lie in time. It is the whole of what
 *       the windows need to know about an operator.
 * </ul>
 *
 * <p>Imports nothing else of ours.
 */
package io.kinolift.frame;
