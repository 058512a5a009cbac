package io.kinolift.topology;

import io.kinolift.engine.Levels;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.LatencyLevels;
import io.kinolift.window.LevelHistory;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** Chooses the level of a window when it is cut because of a record. */
interface WindowLevels {
    /**
     * The level of a window, and what to remember of its stream.
     *
     * @param before of the stream's last window
     * @param levels of its plan
     * @param recordMillis the timestamp of the record that is being processed; 0 if it has none
     */
    LevelHistory next(
            FrameWindow window, LevelHistory before, Levels levels, long recordMillis, ProcessingContext context);

    /** Tells the time. Kafka's own time of a task stands still while records are processed that were read together. */
    interface Clock {
        Clock SYSTEM = _ -> System.currentTimeMillis();

        long millis(ProcessingContext context);
    }

    /** By how late the window is; a record without a timestamp tells nothing. */
    static WindowLevels live(Clock clock) {
        return (window, before, levels, recordMillis, context) -> {
            if (recordMillis <= 0 || !LatencyLevels.mayChange(window)) {
                return before;
            }
            long now = clock.millis(context);
            return LatencyLevels.next(before, levels.numbers(), now, now - recordMillis, levels.lateMillis());
        };
    }
}
