/**
 * What the headers of images say, before a decoder takes memory for them. {@link io.kinolift.codec.image.ImageHeader}
 * tells JPEG, PNG, WebP, BMP and TIFF by their first bytes and gives the format of the picture that they are decoded to.
 *
 * <p>A format follows from the header alone, so frames can be put into segments without decoding. The decoder checks
 * that its picture has that format.
 */
package io.kinolift.codec.image;
