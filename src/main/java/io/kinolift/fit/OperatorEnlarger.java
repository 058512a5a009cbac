package io.kinolift.fit;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.Operator;

/** Enlarges with the same operator as streams. */
final class OperatorEnlarger implements Enlarger {
    private static final AvPictures PICTURES = new AvPictures();

    private final Operator operator;
    private final BoundOperator bound;

    /** @throws IllegalArgumentException if the operator does not make a picture {@code factor} times as large */
    OperatorEnlarger(String name, Operator operator, int width, int height, TimeScale time, int factor) {
        this.operator = operator;
        bound = operator.bind(PixelFormat.GRAY8, width, height);
        double times = operator.timeGrid().factor().toDouble();
        if (bound.outputWidth() != width * factor
                || bound.outputHeight() != height * factor
                || times != time.factor()) {
            throw new IllegalArgumentException(name + ": expected " + time.factor() + " frames of " + width * factor
                    + "x" + height * factor + " for one of " + width + "x" + height + ", found " + times + " of "
                    + bound.outputWidth() + "x" + bound.outputHeight());
        }
    }

    @Override
    public long first(long output) {
        return operator.timeGrid().firstTap(output);
    }

    @Override
    public long last(long output) {
        return operator.timeGrid().lastTap(output);
    }

    @Override
    public Picture enlarge(long output, InputFrames inputs) {
        Picture picture = PICTURES.allocate(PixelFormat.GRAY8, bound.outputWidth(), bound.outputHeight());
        bound.upscale(output, inputs, picture, Bands.ONE);
        return picture;
    }

    @Override
    public void close() {}
}
