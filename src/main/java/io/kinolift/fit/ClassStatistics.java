package io.kinolift.fit;

import java.util.Arrays;

/**
 * The statistics of one clip for a bank of kernels: like {@link ClipStatistics}, but for every class of samples.
 *
 * @param fitted per class, of the frames to fit on
 * @param heldOut per class, of the frames held out
 */
record ClassStatistics(String hash, Statistics[] fitted, Statistics[] heldOut) {
    /** @param clip of {@link FramePass#forClasses} */
    static ClassStatistics of(ClipSums clip) {
        int classes = clip.sums().length / 2;
        return new ClassStatistics(
                clip.hash(),
                Arrays.copyOf(clip.sums(), classes),
                Arrays.copyOfRange(clip.sums(), classes, 2 * classes));
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

    /** The sum over all classes, which a single kernel is fitted to. */
    ClipStatistics withoutClasses() {
        return new ClipStatistics(hash, total(fitted), total(heldOut));
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
