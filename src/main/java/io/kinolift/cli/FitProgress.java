package io.kinolift.cli;

import io.kinolift.fit.Progress;
import java.nio.file.Path;

/** A line per clip, and under it the progress of the clip. Writes to stderr. */
final class FitProgress implements Progress, AutoCloseable {
    private ProgressLine line;

    @Override
    public void clip(String pass, int clip, int clips, Path file, long expectedFrames) {
        close();
        System.err.printf("%s: clip %d of %d, %s%n", pass, clip, clips, file.getFileName());
        line = new ProgressLine();
        line.start(expectedFrames);
    }

    @Override
    public void frames(long frames) {
        line.framesOut(frames);
    }

    @Override
    public void close() {
        if (line != null) {
            line.close();
            line = null;
        }
    }
}
