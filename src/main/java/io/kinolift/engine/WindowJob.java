package io.kinolift.engine;

import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.window.FrameWindow;

/** One window with all that its outputs are made of. */
record WindowJob(
        FrameWindow window, StreamPlan plan, DecodedWindow decoded, BoundOperator operator, OutputFrames outputs) {
    static WindowJob of(FrameWindow window, StreamPlan plan, DecodedWindow decoded, BoundOperators operators) {
        FrameFormat format = window.frame(window.firstIndex()).format();
        return new WindowJob(
                window,
                plan,
                decoded,
                operators.get(plan.operator(), format),
                new OutputFrames(plan.timeGrid(), plan.encoding().codec(format)));
    }

    TimeGrid grid() {
        return plan.timeGrid();
    }

    FrameFormat inputFormat() {
        return window.frame(window.firstIndex()).format();
    }

    /** The input that an output belongs to. */
    long owner(long output) {
        return Math.min(grid().owner(output), window.endIndex() - 1);
    }

    /** Whether there is no moment left for an output before the next segment begins. */
    boolean isSurplus(long output) {
        return outputs.isSurplus(window, output);
    }

    /** Whether an output is made at all. */
    boolean isMade(long output) {
        return !isSurplus(output) && decoded.isShown(output);
    }

    /**
     * How many bands an output is made in. Outputs keep all threads busy unless a window has few of them: then rows of
     * one are shared out.
     */
    int bands(int threads) {
        long made = Math.max(1, window.outputTo() - window.outputFrom());
        return Math.toIntExact(Math.max(1, Math.min(operator.outputHeight(), threads / made)));
    }
}
