package io.kinolift.engine;

import io.kinolift.frame.TimeGrid;

/**
 * Counts the repeated pictures among the inputs of a window, each once in a segment: with the first output that belongs to
 * it or to a later input. Every such output has been made, so all that has to be known is there.
 */
final class Repeats {
    private Repeats() {}

    static long count(WindowJob job) {
        long count = 0;
        for (long output = job.window().outputFrom(); output < job.window().outputTo(); output++) {
            for (long input = first(job.grid(), output); input <= job.owner(output); input++) {
                count += isRepeat(job, input) ? 1 : 0;
            }
        }
        return count;
    }

    /** The first input that is counted with an output. */
    private static long first(TimeGrid grid, long output) {
        return output == 0 ? 0 : grid.owner(output - 1) + 1;
    }

    /** A frame that was made up for a missing one is none of the stream's repeats. */
    private static boolean isRepeat(WindowJob job, long input) {
        return job.decoded().isDecoded(input)
                && !job.window().at(input).isFilled()
                && job.operator().isRepeat(input, job.decoded().around(input));
    }
}
