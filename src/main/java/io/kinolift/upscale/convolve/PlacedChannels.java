package io.kinolift.upscale.convolve;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.upscale.SampleLine;
import io.kinolift.upscale.SampleRows;
import java.util.List;

/** {@link ConvolvedChannels} for components in any place, with any samples. */
final class PlacedChannels extends ConvolvedChannels {
    private final List<PixelFormat.Place> places;
    /** Per channel: part of a row, from column step to column step. */
    private final SampleLine[] lines;

    /** @param places places of the channels, in planes of one size */
    PlacedChannels(
            ConvTransposeKernel kernel,
            ConvTables tables,
            Border border,
            PixelFormat format,
            List<PixelFormat.Place> places,
            int width,
            int height,
            int outputWidth) {
        super(
                kernel,
                tables,
                border,
                places.getFirst().plane(),
                places.size(),
                format.planeWidth(places.getFirst().plane(), width),
                format.planeHeight(places.getFirst().plane(), height),
                format.planeWidth(places.getFirst().plane(), outputWidth));
        this.places = places;
        lines = new SampleLine[places.size()];
        for (int channel = 0; channel < lines.length; channel++) {
            lines[channel] = new SampleLine(kernel, format, lineLength());
        }
    }

    @Override
    void read(Picture picture, int y, float[] to, int at, int channelStride) {
        for (int channel = 0; channel < lines.length; channel++) {
            PixelFormat.Place place = places.get(channel);
            SampleRows.read(
                    kernel, picture.plane(place.plane()), place.component(), y, to, at + channel * channelStride);
        }
    }

    @Override
    void round(float[] sums, int at, int phaseStride, int count, int channel) {
        lines[channel].round(sums, at, phaseStride, tables.columns.stride(), count);
    }

    @Override
    void write(Picture target, long y, int first, int from, int to) {
        for (int channel = 0; channel < lines.length; channel++) {
            PixelFormat.Place place = places.get(channel);
            lines[channel].write(first, target.plane(place.plane()), place.component(), y, from, to);
        }
    }
}
