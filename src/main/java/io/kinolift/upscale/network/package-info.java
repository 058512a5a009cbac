/**
 * Networks. {@link io.kinolift.upscale.network.Network} runs a model; {@link
 * io.kinolift.upscale.network.NetworkUpsampling} says how it is applied. {@code NetworkTiles} gives it tiles with their
 * halo and the frames on either side. Where a picture or a segment ends it gives nothing, so the network's own padding
 * acts there as it does on a whole clip.
 */
package io.kinolift.upscale.network;
