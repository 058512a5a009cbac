package io.kinolift.upscale.motion;

import io.kinolift.Footage;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.Kernels;
import io.kinolift.motion.BetweenPicture;
import io.kinolift.motion.MotionPair;
import io.kinolift.upscale.Pictures;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Drops every second frame of real clips, makes them again, and prints how near the made ones come, luma PSNR in dB: by a
 * blend, by FFmpeg's minterpolate, by motion. A program, not a test: {@code MotionEvaluation [frames of a clip [every
 * which made frame counts [part of a name]]]}; minterpolate is asked where {@code -Dmci=true}.
 */
final class MotionEvaluation {
    private static final int MILLION = 1_000_000;

    private final int every;
    private final boolean asksFfmpeg = Boolean.getBoolean("mci");
    /** Of the fastest made frame of a clip: of the pair, of the field between, of writing. */
    private final long[] leastNanos = new long[3];

    private MotionEvaluation(int every) {
        this.every = every;
    }

    public static void main(String[] args) throws Exception {
        int frames = args.length > 0 ? Integer.parseInt(args[0]) : 61;
        MotionEvaluation evaluation = new MotionEvaluation(args.length > 1 ? Integer.parseInt(args[1]) : 1);
        String part = args.length > 2 ? args[2] : "";
        double[] sums = new double[3];
        int clips = 0;
        System.out.printf(
                "%-26s %6s %6s %6s   least CPU ms of luma: pair, between, write%n", "clip", "blend", "mci", "motion");
        for (Path clip : clips()) {
            String name = clip.getFileName().toString();
            if (name.contains(part)) {
                double[] means = evaluation.clip(ThinnedLuma.read(clip, frames));
                System.out.printf(
                        "%-26s %6.2f %6.2f %6.2f %6.1f %6.1f %6.1f%n",
                        name,
                        means[0],
                        means[1],
                        means[2],
                        evaluation.leastMillis(0),
                        evaluation.leastMillis(1),
                        evaluation.leastMillis(2));
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += means[i];
                }
                clips++;
            }
        }
        System.out.printf("%-26s %6.2f %6.2f %6.2f%n", "mean", sums[0] / clips, sums[1] / clips, sums[2] / clips);
    }

    private static List<Path> clips() throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of(System.getenv(Footage.VARIABLE)).resolve("footage"))) {
            return files.filter(file -> !file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** Mean PSNR of made frames; not of the first and the last, which FFmpeg does not make. */
    private double[] clip(ThinnedLuma clip) throws IOException, InterruptedException {
        List<byte[]> theirs = asksFfmpeg ? Minterpolate.frames(clip) : null;
        Arrays.fill(leastNanos, Long.MAX_VALUE);
        double[] sums = new double[3];
        int count = 0;
        for (int frame = 3; frame < clip.frames().size() - 3; frame += 2 * every) {
            byte[] first = clip.frames().get(frame - 1);
            byte[] second = clip.frames().get(frame + 1);
            sums[0] += psnr(clip, frame, blend(first, second));
            sums[1] += asksFfmpeg ? psnr(clip, frame, theirs.get(frame)) : Double.NaN;
            sums[2] += psnr(clip, frame, motion(clip, first, second));
            count++;
        }
        return new double[] {sums[0] / count, sums[1] / count, sums[2] / count};
    }

    private static double psnr(ThinnedLuma clip, int frame, byte[] made) {
        return 10 * Math.log10(255 * 255 / Math.max(1e-3, clip.squaredError(frame, made)));
    }

    private static byte[] blend(byte[] first, byte[] second) {
        byte[] blend = new byte[first.length];
        for (int i = 0; i < blend.length; i++) {
            blend[i] = (byte) (((first[i] & 0xFF) + (second[i] & 0xFF) + 1) >> 1);
        }
        return blend;
    }

    private byte[] motion(ThinnedLuma clip, byte[] first, byte[] second) {
        Picture a = picture(clip, first);
        Picture b = picture(clip, second);
        Picture out = Pictures.empty(PixelFormat.GRAY8, clip.width(), clip.height());
        long start = cpuNanos();
        MotionPair pair = MotionPair.of(Kernels.motion(), Kernels.warp(), a, b, MotionOperator.DEFAULT_RANGE);
        long found = cpuNanos();
        BetweenPicture between = pair.at(1, 2);
        long placed = cpuNanos();
        between.write(out, 0, 0, clip.height());
        keepLeast(0, found - start);
        keepLeast(1, placed - found);
        keepLeast(2, cpuNanos() - placed);
        return ThinnedLuma.samples(out.plane(0));
    }

    private static Picture picture(ThinnedLuma clip, byte[] luma) {
        Picture picture = Pictures.empty(PixelFormat.GRAY8, clip.width(), clip.height());
        picture.plane(0).data().copyFrom(MemorySegment.ofArray(luma));
        return picture;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private double leastMillis(int stage) {
        return (double) leastNanos[stage] / MILLION;
    }

    private void keepLeast(int stage, long nanos) {
        leastNanos[stage] = Math.min(leastNanos[stage], nanos);
    }
}
