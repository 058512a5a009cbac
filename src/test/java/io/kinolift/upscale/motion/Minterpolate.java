package io.kinolift.upscale.motion;

import io.kinolift.ffmpeg.FfmpegBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What FFmpeg's motion compensation makes of a clip's even frames. */
final class Minterpolate {
    private Minterpolate() {}

    /** Made frames by their number in the clip; null where the filter makes none, as at both ends. */
    static List<byte[]> frames(ThinnedLuma clip) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("minterpolate");
        Path in = folder.resolve("in.gray");
        Path out = folder.resolve("out.gray");
        try {
            clip.writeInputs(in);
            String size = clip.width() + "x" + clip.height();
            Process process = new ProcessBuilder(
                            FfmpegBinary.path(),
                            "-v",
                            "error",
                            "-y",
                            "-f",
                            "rawvideo",
                            "-pix_fmt",
                            "gray",
                            "-s",
                            size,
                            "-r",
                            "25",
                            "-i",
                            in.toString(),
                            "-vf",
                            "minterpolate=fps=50:mi_mode=mci:scd=none",
                            "-f",
                            "rawvideo",
                            "-threads",
                            "1",
                            out.toString())
                    .inheritIO()
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException("ffmpeg ended with " + process.exitValue());
            }
            return aligned(clip, split(Files.readAllBytes(out), clip.width() * clip.height()));
        } finally {
            Files.deleteIfExists(in);
            Files.deleteIfExists(out);
            Files.deleteIfExists(folder);
        }
    }

    private static List<byte[]> split(byte[] all, int size) {
        List<byte[]> frames = new ArrayList<>();
        for (int at = 0; at + size <= all.length; at += size) {
            byte[] frame = new byte[size];
            System.arraycopy(all, at, frame, 0, size);
            frames.add(frame);
        }
        return frames;
    }

    /** The filter leaves out frames at the start: inputs pass through, so they tell how many. */
    private static List<byte[]> aligned(ThinnedLuma clip, List<byte[]> made) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int shift = 0; shift <= 4; shift++) {
            double sum = 0;
            int count = 0;
            for (int i = 0; i < made.size(); i++) {
                if ((i + shift) % 2 == 0 && i + shift < clip.frames().size()) {
                    sum += clip.squaredError(i + shift, made.get(i));
                    count++;
                }
            }
            if (count > 0 && sum / count < least) {
                least = sum / count;
                best = shift;
            }
        }
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < clip.frames().size(); i++) {
            frames.add(i < best || i - best >= made.size() ? null : made.get(i - best));
        }
        return frames;
    }
}
