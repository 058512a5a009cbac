/**
 * Networks. {@link io.kinolift.upscale.network.Network} runs a model; {@link
 * io.kinolift.upscale.network.NetworkUpsampling} has the settings for applying it. {@code NetworkTiles} gives it tiles
 * with their halo and the frames on either side. Beyond the end of a picture or segment it gives nothing, so the
 * network's own padding acts there as on a whole clip.
 */
package io.kinolift.upscale.network;
