package io.kinolift.upscale.compose;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import java.util.concurrent.ConcurrentLinkedQueue;

/** {@link ComposedOperator} for pictures of one format. */
final class BoundComposition implements BoundOperator {
    private final TimeGrid grid;
    private final BoundOperator temporal;
    private final BoundOperator spatial;
    /** Holds one entry per call that ever ran at the same time. */
    private final ConcurrentLinkedQueue<Picture> resting = new ConcurrentLinkedQueue<>();

    BoundComposition(TimeGrid grid, BoundOperator temporal, BoundOperator spatial) {
        this.grid = grid;
        this.temporal = temporal;
        this.spatial = spatial;
    }

    @Override
    public PixelFormat outputFormat() {
        return spatial.outputFormat();
    }

    @Override
    public int outputWidth() {
        return spatial.outputWidth();
    }

    @Override
    public int outputHeight() {
        return spatial.outputHeight();
    }

    @Override
    public long scratchBytes() {
        return pictureBytes() + temporal.scratchBytes() + spatial.scratchBytes();
    }

    @Override
    public boolean isRepeat(long input, InputFrames inputs) {
        return temporal.isRepeat(input, inputs);
    }

    private long pictureBytes() {
        return temporal.outputFormat().pictureBytes(temporal.outputWidth(), temporal.outputHeight());
    }

    @Override
    public void upscale(long output, InputFrames inputs, Picture out, Bands bands) {
        long first = Math.clamp(grid.firstTap(output), inputs.first(), inputs.last());
        long last = Math.clamp(grid.lastTap(output), inputs.first(), inputs.last());
        if (first == last) {
            spatial.upscale(0, new OnePicture(inputs.at(first)), out, bands);
            return;
        }
        Picture pooled = resting.poll();
        Picture between = pooled == null ? ScratchPicture.of(temporal) : pooled;
        temporal.upscale(output, inputs, between, bands);
        spatial.upscale(0, new OnePicture(between), out, bands);
        resting.add(between);
    }
}
