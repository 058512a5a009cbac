package io.kinolift.motion.truth;

import io.kinolift.frame.Picture;
import io.kinolift.upscale.Pictures;
import java.util.Arrays;
import java.util.List;

/**
 * How near a maker comes to the truth.
 *
 * @param factor25 PSNR in dB of the frames that 24 frames a second need to become 60, from their mean squared error
 * @param factor4 the same at four times as many frames
 * @param meanError of the motion of samples that stay in the picture, in samples; NaN without motion
 * @param error95 the error that 95 % of them do not exceed
 */
record Score(double factor25, double factor4, double meanError, double error95) {
    /** Samples at each edge that do not count. */
    private static final int BORDER = 8;

    static Score of(Shots shots, Maker.Start start) {
        List<Picture> inputs = shots.inputs();
        Maker earlier = start.of(inputs.get(0), inputs.get(1));
        Maker later = start.of(inputs.get(1), inputs.get(2));
        double squares = 0;
        for (int i = 0; i < Shots.FIFTHS.length; i++) {
            int fifths = Shots.FIFTHS[i];
            Picture made = fifths < 5 ? earlier.make(fifths, 5) : later.make(fifths - 5, 5);
            squares += meanSquare(shots.fifths().get(i), made) / Shots.FIFTHS.length;
        }
        double squares4 = 0;
        for (int quarter = 1; quarter < 4; quarter++) {
            squares4 += meanSquare(shots.quarters().get(quarter - 1), earlier.make(quarter, 4)) / 3;
        }
        double[] errors = earlier.flow() == null ? new double[] {Double.NaN} : errors(shots.scene(), earlier.flow());
        Arrays.sort(errors);
        return new Score(
                decibels(squares),
                decibels(squares4),
                Arrays.stream(errors).average().orElseThrow(),
                errors[(int) (0.95 * (errors.length - 1))]);
    }

    private static double meanSquare(Picture truth, Picture made) {
        double sum = 0;
        for (int y = BORDER; y < Truth.HEIGHT - BORDER; y++) {
            for (int x = BORDER; x < Truth.WIDTH - BORDER; x++) {
                double apart = Pictures.sample(truth, 0, y, x, 0) - Pictures.sample(made, 0, y, x, 0);
                sum += apart * apart;
            }
        }
        return sum / ((Truth.WIDTH - 2 * BORDER) * (Truth.HEIGHT - 2 * BORDER));
    }

    private static double decibels(double meanSquare) {
        return 10 * Math.log10(255 * 255 / meanSquare);
    }

    private static double[] errors(Scene scene, float[] flow) {
        double[] errors = new double[Truth.WIDTH * Truth.HEIGHT];
        int count = 0;
        for (int y = BORDER; y < Truth.HEIGHT - BORDER; y++) {
            for (int x = BORDER; x < Truth.WIDTH - BORDER; x++) {
                double trueX = scene.flowX(x, y, 0);
                double trueY = scene.flowY(x, y, 0);
                if (isInside(x + trueX, Truth.WIDTH) && isInside(y + trueY, Truth.HEIGHT)) {
                    int at = 2 * (y * Truth.WIDTH + x);
                    errors[count++] = Math.hypot(flow[at] - trueX, flow[at + 1] - trueY);
                }
            }
        }
        return Arrays.copyOf(errors, count);
    }

    private static boolean isInside(double place, int size) {
        return place >= 0 && place <= size - 1;
    }
}
