package io.kinolift.upscale.limit;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.TimeGrid;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.limit.RangeKernel;
import io.kinolift.kernel.limit.RangeLimit;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.BoundParts;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.Operator;
import java.util.List;
import java.util.Optional;

/**
 * An operator whose luma stays near the range of the inputs around it. The limit cuts off the dark and bright lines
 * that a sharp kernel adds beside an edge (ringing), and the edge stays equally sharp.
 */
public final class LimitedOperator implements Operator {
    /** The sum of three samples fits a signed short. */
    private static final int MOST_BITS = 12;

    private final Operator operator;
    private final int room;
    private final RangeKernel kernel;

    /**
     * The same operator, whose luma stays near the range of the 3x3 inputs around it, see {@link
     * io.kinolift.kernel.limit.RangeLimit}.
     *
     * @param operator one that makes its outputs by rows
     * @param overshoot share of that range by which luma may leave it, 0 to 1
     * @throws IllegalArgumentException if the share is outside 0 to 1
     */
    public static Operator of(Operator operator, double overshoot) {
        return new LimitedOperator(operator, overshoot, Kernels.range());
    }

    LimitedOperator(Operator operator, double overshoot, RangeKernel kernel) {
        if (!(overshoot >= 0 && overshoot <= 1)) {
            throw new IllegalArgumentException("expected an overshoot of 0 to 1, found " + overshoot);
        }
        this.operator = operator;
        this.kernel = kernel;
        this.room = (int) Math.round(overshoot * RangeLimit.UNIT);
    }

    @Override
    public TimeGrid timeGrid() {
        return operator.timeGrid();
    }

    @Override
    public long outputWidth(int width) {
        return operator.outputWidth(width);
    }

    @Override
    public long outputHeight(int height) {
        return operator.outputHeight(height);
    }

    @Override
    public long heapBytes(PixelFormat format, int width, int height) {
        return operator.heapBytes(format, width, height);
    }

    @Override
    public Optional<String> refusal(PixelFormat format, int width, int height, Colour colour) {
        if (!format.hasLuma()) {
            return Optional.of("expected a format with luma for a limited overshoot, found " + format);
        }
        if (format.bitDepth() > MOST_BITS) {
            return Optional.of("expected luma of at most " + MOST_BITS + " bits for a limited overshoot, found "
                    + format + " of " + format.bitDepth() + " bits");
        }
        if (outputWidth(width) % width != 0 || outputHeight(height) % height != 0) {
            return Optional.of(
                    "expected outputs of a whole multiple of the inputs' size for a limited overshoot, found " + width
                            + "x" + height + " and " + outputWidth(width) + "x" + outputHeight(height));
        }
        return operator.refusal(format, width, height, colour);
    }

    @Override
    public BoundOperator bind(PixelFormat format, int width, int height, Colour colour) {
        refusal(format, width, height, colour).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        BoundOperator bound = operator.bind(format, width, height, colour);
        int rowFactor = bound.outputHeight() / height;
        int columnFactor = bound.outputWidth() / width;
        BoundOperator limit = new BoundParts(
                bound.outputFormat(),
                bound.outputWidth(),
                bound.outputHeight(),
                () -> List.of(new LimitedPlane(
                        kernel,
                        operator.timeGrid(),
                        width,
                        height,
                        rowFactor,
                        columnFactor,
                        room,
                        format.maxSample())));
        return new MadeAndLimited(bound, limit);
    }

    /** Two passes: the operator makes an output, then it is limited in place. */
    private record MadeAndLimited(BoundOperator operator, BoundOperator limit) implements BoundOperator {
        @Override
        public PixelFormat outputFormat() {
            return operator.outputFormat();
        }

        @Override
        public int outputWidth() {
            return operator.outputWidth();
        }

        @Override
        public int outputHeight() {
            return operator.outputHeight();
        }

        @Override
        public long scratchBytes() {
            return operator.scratchBytes() + limit.scratchBytes();
        }

        @Override
        public void upscale(long output, InputFrames inputs, Picture out, Bands bands) {
            operator.upscale(output, inputs, out, bands);
            limit.upscale(output, inputs, out, bands);
        }
    }
}
