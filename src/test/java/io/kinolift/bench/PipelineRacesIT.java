package io.kinolift.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.kinolift.ffmpeg.FfmpegBinary;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On a real broker, and with FFmpeg's program, in a size that costs nothing. */
class PipelineRacesIT {
    private static final PipelineInputs.Source TEST_PICTURE = new PipelineInputs.Source(null, 6);

    @Test
    void everyFrameComesOut_ofBoth() throws Exception {
        requireFfmpeg();
        PipelineRaces races = new PipelineRaces(new Race(1, WarmUp.seconds(0)), TEST_PICTURE, 2);
        // Jobs that differ in size alone are one here.
        Map<Map<String, String>, PipelineRaces.Job> jobs = new LinkedHashMap<>();
        PipelineRaces.usual().forEach(usual -> jobs.putIfAbsent(usual.settings(), usual.of(96, 64)));
        assertThat(jobs).hasSizeGreaterThan(3);
        for (PipelineRaces.Job job : jobs.values()) {
            BenchReport.Entry entry = races.run(job, _ -> {});
            assertThat(entry.standings())
                    .extracting(Race.Standing::contender)
                    .containsExactly(
                            "Kinolift through Kafka",
                            "Kinolift, window 24, commits each s",
                            "FFmpeg process, scale",
                            "FFmpeg process, zscale");
            assertThat(entry.standings())
                    .allSatisfy(standing -> assertThat(standing.seconds()).isPositive());
            assertThat(entry.stageSeconds().get("encode")).isPositive();
        }
    }

    @Test
    void liveFramesArriveInTime() throws Exception {
        requireFfmpeg();
        LiveLatency.Result result =
                new LiveLatency(TEST_PICTURE, Duration.ofSeconds(3)).run("at_least_once", Duration.ofSeconds(2));
        assertThat(result.outputs()).isEqualTo(2 * 2 * PipelineInputs.RATE);
        assertThat(result.p50()).isGreaterThan(1.0);
        assertThat(result.p99()).isBetween(result.p50(), result.most());
        assertThat(result.behind()).isBetween(0.0, 5.0);
    }

    private static void requireFfmpeg() {
        try {
            FfmpegBinary.path();
        } catch (LinkageError e) {
            abort("FFmpeg's program cannot be loaded: " + e.getMessage());
        }
    }
}
