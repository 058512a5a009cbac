package io.kinolift.bench;

import io.kinolift.ffmpeg.FfmpegBinary;
import java.io.IOException;
import java.util.List;

/** One FFmpeg process from file to file; its start, a small part, is counted too. */
final class FfmpegProcess implements Racer {
    private final String scaler;
    private final int outputs;
    private final List<String> command;

    /** @param scaler the part that distinguishes this chain of {@code filters} from another */
    FfmpegProcess(String scaler, String filters, PipelineInputs inputs, int threads) {
        this.scaler = scaler;
        outputs = 2 * inputs.frames().size();
        String count = Integer.toString(threads);
        command = List.of(
                FfmpegBinary.path(),
                "-v",
                "error",
                "-nostdin",
                "-y",
                "-filter_threads",
                count,
                "-threads",
                count,
                "-f",
                "mjpeg",
                "-framerate",
                Integer.toString(PipelineInputs.RATE),
                "-i",
                inputs.file().toString(),
                "-vf",
                filters,
                "-c:v",
                "mjpeg",
                "-q:v",
                Integer.toString(PipelineInputs.QUALITY),
                "-threads",
                count,
                inputs.folder().resolve("out.avi").toString());
    }

    @Override
    public String name() {
        return "FFmpeg process, " + scaler;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public void round() {
        try {
            PipelineInputs.run(command);
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
