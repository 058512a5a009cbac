package io.kinolift.fit;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.VideoException;
import io.kinolift.frame.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What one clip says about a bank of kernels: as {@link ClipStatistics}, for every class of samples.
 *
 * @param fitted per class, of the frames to fit on
 * @param heldOut per class, of the frames held out
 */
record ClassStatistics(String hash, Statistics[] fitted, Statistics[] heldOut) {
    /**
     * Reads clips side by side, one thread each.
     *
     * @throws VideoException if a clip cannot be read or is too small
     */
    static List<ClassStatistics> read(List<Path> clips, FitSettings settings)
            throws VideoException, InterruptedException {
        List<Future<ClassStatistics>> tasks = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(settings.threads())) {
            clips.forEach(clip -> tasks.add(threads.submit(() -> read(clip, settings))));
        }
        List<ClassStatistics> all = new ArrayList<>();
        for (Future<ClassStatistics> task : tasks) {
            all.add(BetweenPass.get(task));
        }
        return all;
    }

    private static ClassStatistics read(Path clip, FitSettings settings) throws VideoException, IOException {
        ClassAccumulator fitted = new ClassAccumulator(settings.grid());
        ClassAccumulator heldOut = new ClassAccumulator(settings.grid());
        try (LumaReader reader = LumaReader.open(clip, settings.grid().factor());
                Degrader degrader = new Degrader(settings.degradation(), reader.width(), reader.height())) {
            long index = 0;
            for (Picture next = reader.next(); next != null; next = reader.next(), index++) {
                try (Picture large = next) {
                    if (index % settings.step() == 0) {
                        add(large, degrader, ClipStatistics.isHeldOut(index / settings.step()) ? heldOut : fitted);
                    }
                }
            }
        } catch (FrameCodecException e) {
            throw new VideoException(clip + ": " + e.getMessage());
        }
        return new ClassStatistics(FileHash.of(clip), fitted.statistics(), heldOut.statistics());
    }

    private static void add(Picture large, Degrader degrader, ClassAccumulator sums) throws FrameCodecException {
        try (Picture small = degrader.apply(large)) {
            sums.add(Samples.of(small.plane(0)), Samples.of(large.plane(0)));
        }
    }

    /** Of all frames, per class. */
    Statistics[] all() {
        Statistics[] all = new Statistics[fitted.length];
        for (int of = 0; of < all.length; of++) {
            all[of] = new Statistics(fitted[of].grid());
            all[of].add(fitted[of]);
            all[of].add(heldOut[of]);
        }
        return all;
    }

    /** The same where nothing is told apart: what one kernel is fitted to. */
    ClipStatistics withoutClasses() {
        return new ClipStatistics(hash, 0, true, total(fitted), total(heldOut));
    }

    static Statistics total(Statistics[] classes) {
        Statistics total = new Statistics(classes[0].grid());
        for (Statistics each : classes) {
            total.add(each);
        }
        total.frames = classes[0].frames;
        return total;
    }
}
