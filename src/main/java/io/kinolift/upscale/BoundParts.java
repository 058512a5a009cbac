package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** An operator for one format that is made of parts, each with its own buffers. */
public final class BoundParts implements BoundOperator {
    private final PixelFormat format;
    private final int outputWidth;
    private final int outputHeight;
    private final Supplier<List<OutputPart>> parts;
    /** Holds one entry per call that ever ran at the same time. */
    private final ConcurrentLinkedQueue<List<OutputPart>> resting = new ConcurrentLinkedQueue<>();

    /** @param parts makes the parts that together write all planes, with their own buffers */
    public BoundParts(PixelFormat format, int outputWidth, int outputHeight, Supplier<List<OutputPart>> parts) {
        this.format = format;
        this.outputWidth = outputWidth;
        this.outputHeight = outputHeight;
        this.parts = parts;
    }

    @Override
    public PixelFormat outputFormat() {
        return format;
    }

    @Override
    public int outputWidth() {
        return outputWidth;
    }

    @Override
    public int outputHeight() {
        return outputHeight;
    }

    @Override
    public void upscale(long output, InputFrames inputs, Picture out, Bands bands) {
        bands.run((band, count) -> upscale(output, inputs, out, band, count));
    }

    private void upscale(long output, InputFrames inputs, Picture out, int band, int bands) {
        List<OutputPart> pooled = resting.poll();
        List<OutputPart> mine = pooled == null ? parts.get() : pooled;
        for (OutputPart part : mine) {
            part.upscale(output, inputs, out, band, bands);
        }
        resting.add(mine);
    }
}
