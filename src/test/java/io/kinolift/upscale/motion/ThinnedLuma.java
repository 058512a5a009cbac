package io.kinolift.upscale.motion;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Plane;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.TimedPicture;
import io.kinolift.video.VideoReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The luma of a clip's first frames; the even ones are inputs, the odd ones between are what an interpolation should
 * give.
 */
record ThinnedLuma(int width, int height, List<byte[]> frames) {
    static ThinnedLuma read(Path clip, int frames) throws VideoException {
        try (VideoReader reader = VideoReader.open(clip.toString(), new ReaderLimits(1L << 24, 1))) {
            List<byte[]> luma = new ArrayList<>();
            for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                luma.add(samples(next.picture().plane(0)));
                next.picture().close();
                if (luma.size() == frames) {
                    break;
                }
            }
            // Ends with an input.
            return new ThinnedLuma(
                    reader.info().width(), reader.info().height(), luma.subList(0, (luma.size() - 1) / 2 * 2 + 1));
        }
    }

    void writeInputs(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < frames.size(); i += 2) {
                out.write(frames.get(i));
            }
        }
    }

    double squaredError(int frame, byte[] made) {
        byte[] truth = frames.get(frame);
        long sum = 0;
        for (int i = 0; i < truth.length; i++) {
            int difference = (truth[i] & 0xFF) - (made[i] & 0xFF);
            sum += (long) difference * difference;
        }
        return (double) sum / truth.length;
    }

    static byte[] samples(Plane plane) {
        byte[] samples = new byte[plane.width() * plane.height()];
        for (int y = 0; y < plane.height(); y++) {
            MemorySegment.copy(
                    plane.data(), ValueLayout.JAVA_BYTE, y * plane.stride(), samples, y * plane.width(), plane.width());
        }
        return samples;
    }
}
