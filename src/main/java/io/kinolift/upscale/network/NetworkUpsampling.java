package io.kinolift.upscale.network;

import io.kinolift.upscale.convolve.Channels;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.Locale;

/**
 * The settings for applying a network to a stream. The network sees tiles of pictures with their surroundings, and the
 * frames on either side. At a picture's border, and at the ends of a segment, it sees nothing more, as if it had been
 * given the whole clip.
 *
 * @param channels meaning of the network's channels
 * @param order of an RGB network's channels: 0,1,2, or 2,1,0 for BGR
 * @param white the number for sample 255, or for 1020 of 10 bits
 * @param halo inputs that an output may depend on beyond its own, on either side: time, height, width
 * @param multiple height and width of the network's input must be multiples of this
 * @param tile rows and columns of input made at once
 * @param grid positions of outputs in time
 */
public record NetworkUpsampling(
        Network network,
        Channels channels,
        int[] order,
        float white,
        int[] halo,
        int multiple,
        int tile,
        TemporalGrid grid) {
    /** @throws IllegalArgumentException if the settings do not fit the network */
    public NetworkUpsampling {
        int wanted = channels == Channels.RGB ? 3 : 1;
        if (network.channels() != wanted) {
            throw new IllegalArgumentException("expected a network of " + wanted + " channels for channels "
                    + channels.name().toLowerCase(Locale.ROOT) + ", found " + network.channels());
        }
        if (halo[0] < 0 || halo[1] < 0 || halo[2] < 0 || multiple < 1 || tile < 1 || !(white > 0)) {
            throw new IllegalArgumentException(
                    "expected a halo of at least 0, a multiple and tiles of at least 1 and a "
                            + "range above 0, found " + halo[0] + "," + halo[1] + "," + halo[2] + "; " + multiple + "; "
                            + tile
                            + "; " + white);
        }
    }

    /** Tiles begin at even multiples, so that no chroma sample lies in two. */
    int tileStep() {
        return Math.ceilDiv(tile, 2 * multiple) * 2 * multiple;
    }
}
