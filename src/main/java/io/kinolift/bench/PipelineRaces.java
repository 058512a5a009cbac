package io.kinolift.bench;

import io.kinolift.settings.OperatorKinds;
import io.kinolift.settings.OperatorSettings;
import io.kinolift.settings.Presets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Races the whole way, from JPEG in a topic to JPEG in a topic with a broker in this process, against an FFmpeg process
 * that decodes, filters and encodes from file to file, with either of its scalers. Each contender has all cores, the
 * same JPEGs and the same encoder settings.
 */
public final class PipelineRaces {
    private static final String BLENDING = "framerate=fps=60:interp_start=0:interp_end=255:scene=100";
    private static final String FOLLOWING_MOTION = "minterpolate=fps=60:mi_mode=mci:scd=none";

    private final Race race;
    private final PipelineInputs.Source source;
    private final int threads;

    /**
     * @param threads of FFmpeg, and of Kinolift inside a window
     * @param source of the pictures
     */
    public PipelineRaces(Race race, PipelineInputs.Source source, int threads) {
        this.race = race;
        this.source = source;
        this.threads = threads;
    }

    /**
     * A job for both.
     *
     * @param settings of Kinolift
     * @param doubling FFmpeg's filter for twice the rate
     * @param kernel FFmpeg's for the size, which is not always that of the same operator
     */
    public record Job(
            String name, int width, int height, Map<String, String> settings, String doubling, String kernel) {
        /** The same in another size of the input. */
        Job of(int otherWidth, int otherHeight) {
            return new Job(name, otherWidth, otherHeight, settings, doubling, kernel);
        }

        /** A filter of FFmpeg's for twice the size. */
        private String enlarging(String filter, String option) {
            return filter + "=" + 2 * width + ":" + 2 * height + ":" + option + "=" + kernel;
        }
    }

    /**
     * A real-time channel, the same at a quarter of the size, the small one with a transposed convolution, the small
     * one along the motion, with every other frame made by both, and the same with sharper kernels.
     */
    public static List<Job> usual() {
        Map<String, String> trilinear = Map.of(OperatorSettings.SCALE_FACTOR.name(), "2,2,2");
        Map<String, String> convolution = Map.of(
                OperatorKinds.OPERATOR.name(), "conv-transpose3d", OperatorSettings.SCALE_FACTOR.name(), "2,2,2");
        Map<String, String> motion = Map.of(
                OperatorSettings.SCALE_FACTOR.name(), "2,2,2",
                OperatorSettings.MOTION.name(), "on",
                OperatorSettings.TEMPORAL_GRID.name(), "source");
        Map<String, String> best = Map.of(
                OperatorSettings.SCALE_FACTOR.name(), "2,2,2",
                Presets.PRESET.name(), "best",
                OperatorSettings.TEMPORAL_GRID.name(), "source");
        return List.of(
                new Job("pipeline 1080p30 to 4K60, trilinear", 1920, 1080, trilinear, BLENDING, "bilinear"),
                new Job("pipeline 540p30 to 1080p60, trilinear", 960, 540, trilinear, BLENDING, "bilinear"),
                new Job("pipeline 540p30 to 1080p60, conv-transpose3d", 960, 540, convolution, BLENDING, "bilinear"),
                new Job("pipeline 540p30 to 1080p60, motion", 960, 540, motion, FOLLOWING_MOTION, "bilinear"),
                new Job("pipeline 540p30 to 1080p60, best", 960, 540, best, FOLLOWING_MOTION, "lanczos"));
    }

    /**
     * Measures a job in all pipelines.
     *
     * @param progress is told what runs
     */
    public BenchReport.Entry run(Job job, Consumer<String> progress) throws IOException, InterruptedException {
        List<Racer> contenders = new ArrayList<>();
        try (PipelineInputs inputs = PipelineInputs.make(source, job.width(), job.height())) {
            OurPipeline ours = OurPipeline.asIs(job, inputs, threads);
            contenders.add(ours);
            contenders.add(OurPipeline.forThroughput(job, inputs, threads));
            contenders.add(new FfmpegProcess(
                    "scale", job.doubling() + "," + job.enlarging("scale", "flags"), inputs, threads));
            contenders.add(new FfmpegProcess(
                    "zscale", job.doubling() + "," + job.enlarging("zscale", "filter"), inputs, threads));
            List<Race.Standing> standings = race.run(contenders, progress);
            return new BenchReport.Entry(job.name(), 0, standings, List.of(), ours.stageSeconds());
        } finally {
            contenders.forEach(Racer::close);
        }
    }
}
