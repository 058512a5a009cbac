package io.kinolift.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.kinolift.ffmpeg.FfmpegBinary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A live stream on a real broker, and so many busy threads that its plan cannot be kept. */
@Tag("endurance")
class OverloadIT {
    private static final long BUDGET = 400;
    /** Seconds behind the load for which a climb is not looked for, so that there are outputs to look at. */
    private static final double CATCHES_UP = 2;

    /** Other programs may load the machine at any time, so the climb is given long, and the run ends with it. */
    private static final Overload.Phases SHORT = new Overload.Phases(
            Duration.ofSeconds(12), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMinutes(4));

    @TempDir
    private Path folder;

    @Test
    void aStream_goesDownUnderLoad_andClimbsBack() throws Exception {
        requireFfmpeg();
        int busy = 4 * Runtime.getRuntime().availableProcessors();
        Overload.Result result =
                new Overload(new PipelineInputs.Source(null, 30), 320, 180, SHORT, busy).run(BUDGET, new Climb());
        List<Overload.Arrival> load = result.between(SHORT.loadBegins(), SHORT.loadEnds());
        List<Overload.Arrival> after = result.between(SHORT.loadEnds(), SHORT.ends());
        int lowest = load.stream().mapToInt(Overload.Arrival::level).max().orElseThrow();
        assertThat(lowest).as("%s", result.lines()).isGreaterThanOrEqualTo(3);
        assertThat(after.getLast().level()).as("%s", result.lines()).isLessThan(lowest);
        // Its own delays come on top: a window that fills, its work and its commit.
        List<Overload.Arrival> last = after.subList(Math.max(0, after.size() - 60), after.size());
        assertThat(Overload.Result.quantile(last, 0.5)).as("%s", result.lines()).isBetween(1.0, 2.0 * BUDGET);
        assertThat(result.lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("p50", "p99", "level"));
        Path plot = folder.resolve("plot.png");
        OverloadPlot.write(result, "a machine", plot);
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isEqualTo(1100);
    }

    /** Whether a stream is at a better level than under load. */
    private static final class Climb implements Predicate<Overload.Arrival> {
        private int lowest;

        @Override
        public boolean test(Overload.Arrival arrival) {
            if (arrival.captured() >= SHORT.loadBegins() && arrival.captured() < SHORT.loadEnds()) {
                lowest = Math.max(lowest, arrival.level());
            }
            return arrival.captured() > SHORT.loadEnds() + CATCHES_UP && arrival.level() < lowest;
        }
    }

    private static void requireFfmpeg() {
        try {
            FfmpegBinary.path();
        } catch (LinkageError e) {
            abort("FFmpeg's program cannot be loaded: " + e.getMessage());
        }
    }
}
