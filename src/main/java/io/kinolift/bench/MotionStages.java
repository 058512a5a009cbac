package io.kinolift.bench;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Picture;
import io.kinolift.kernel.Kernels;
import io.kinolift.motion.BetweenPicture;
import io.kinolift.motion.MotionPair;
import io.kinolift.upscale.motion.MotionOperator;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Thread time of the stages in which a frame halfway between two others is made. */
final class MotionStages {
    private static final List<String> STAGES = List.of("pair", "field between", "write");
    /** Frames made; after a race the JIT is done. */
    private static final int FRAMES = 12;

    private MotionStages() {}

    /** Medians per frame. */
    static Map<String, Double> seconds(Workload workload) {
        List<Picture> inputs = TestInputs.of(workload, new AvPictures());
        double[][] seconds = new double[STAGES.size()][FRAMES];
        try (Picture out = new AvPictures().allocate(workload.format(), workload.width(), workload.height())) {
            for (int frame = 0; frame < FRAMES; frame++) {
                Picture earlier = inputs.get(frame % inputs.size());
                Picture later = inputs.get((frame + 1) % inputs.size());
                double start = threadSeconds();
                MotionPair pair =
                        MotionPair.of(Kernels.motion(), Kernels.warp(), earlier, later, MotionOperator.DEFAULT_RANGE);
                double found = threadSeconds();
                BetweenPicture between = pair.at(1, Workload.FollowingMotion.FACTOR);
                double placed = threadSeconds();
                for (int plane = 0; plane < out.planes().size(); plane++) {
                    between.write(out, plane, 0, out.plane(plane).height());
                }
                seconds[0][frame] = found - start;
                seconds[1][frame] = placed - found;
                seconds[2][frame] = threadSeconds() - placed;
            }
        } finally {
            inputs.forEach(Picture::close);
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        for (int stage = 0; stage < STAGES.size(); stage++) {
            medians.put(STAGES.get(stage), Race.median(seconds[stage]));
        }
        return medians;
    }

    private static double threadSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }
}
