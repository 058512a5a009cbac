package io.kinolift.upscale.level;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Operator;
import java.util.Optional;

/** An operator in the place of another one, with the counts and positions in time of that. */
public final class StandIn implements Operator {
    private final Operator planned;
    private final Operator cheaper;
    private final StandInGrid timeGrid;

    private StandIn(Operator planned, Operator cheaper, StandInGrid timeGrid) {
        this.planned = planned;
        this.cheaper = cheaper;
        this.timeGrid = timeGrid;
    }

    /**
     * A stand-in.
     *
     * @return empty if the operator needs inputs that the planned one does not, or has other outputs
     */
    public static Optional<Operator> of(Operator planned, Operator cheaper) {
        return StandInGrid.fits(planned.timeGrid(), cheaper.timeGrid())
                ? Optional.of(new StandIn(planned, cheaper, new StandInGrid(planned.timeGrid(), cheaper.timeGrid())))
                : Optional.empty();
    }

    @Override
    public TimeGrid timeGrid() {
        return timeGrid;
    }

    @Override
    public long outputWidth(int width) {
        return planned.outputWidth(width);
    }

    @Override
    public long outputHeight(int height) {
        return planned.outputHeight(height);
    }

    @Override
    public long heapBytes(PixelFormat format, int width, int height) {
        return planned.heapBytes(format, width, height);
    }

    /** What is planned decides which frames are taken. */
    @Override
    public Optional<String> refusal(PixelFormat format, int width, int height, Colour colour) {
        return planned.refusal(format, width, height, colour);
    }

    @Override
    public BoundOperator bind(PixelFormat format, int width, int height, Colour colour) {
        boolean refuses = cheaper.refusal(format, width, height, colour).isPresent();
        return (refuses ? planned : cheaper).bind(format, width, height, colour);
    }
}
