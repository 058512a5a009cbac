package io.kinolift.cli;

import io.kinolift.transfer.Upscaling;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Frames, rate and time left: a bar on a terminal, else a line every few seconds. Writes to stderr. */
final class ProgressLine implements Upscaling.Progress, AutoCloseable {
    private static final long LINE_NANOS = 5_000_000_000L;

    private final PrintStream out = System.err;
    private ProgressBar bar;
    private long expected;
    /** The time before it went into starting a broker and codecs, so it does not predict the time left. */
    private long firstFrames = -1;

    private long firstNanos;
    private long lastNanos;

    @Override
    @SuppressWarnings("SystemConsoleNull") // Null again since Java 25 where there is no terminal.
    public void start(long expectedFrames) {
        expected = expectedFrames;
        if (System.console() != null && System.console().isTerminal()) {
            bar = new ProgressBarBuilder()
                    .setTaskName("upscale")
                    .setUnit(" frames", 1)
                    .showSpeed()
                    .setInitialMax(expectedFrames > 0 ? expectedFrames : -1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .build();
        }
    }

    @Override
    public void framesOut(long frames) {
        if (bar != null) {
            bar.stepTo(frames);
            return;
        }
        long now = System.nanoTime();
        if (firstFrames < 0) {
            firstFrames = frames;
            firstNanos = now;
            lastNanos = now;
        }
        if (now - lastNanos > LINE_NANOS) {
            lastNanos = now;
            out.println(line(frames, (frames - firstFrames) * 1e9 / (now - firstNanos)));
        }
    }

    private String line(long frames, double rate) {
        String line = String.format(
                Locale.ROOT, "%d%s frames, %.1f fps", frames, expected > 0 ? " of " + expected : "", rate);
        return expected > frames && rate > 0
                ? line + String.format(Locale.ROOT, ", %.0f s left", (expected - frames) / rate)
                : line;
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
