package io.kinolift.cli;

import io.kinolift.transfer.source.Playback;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How a source is played; FFmpeg's words where it has some. */
final class PlaybackOptions {
    private static final String FOREVER = "forever";

    @Option(names = "--realtime", description = "send each frame when its time has come, as a camera would")
    private boolean realTime;

    @Option(
            names = "--loop",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "play a file so many times, or forever; times and sequences go on, and the first frame of each"
                            + " pass is marked as a discontinuity (default ${DEFAULT-VALUE})")
    private String loop;

    @Option(
            names = "--reconnect",
            paramLabel = "SECONDS",
            defaultValue = "off",
            description = "how long to try to reach a source in the network that is lost, or not there yet: seconds,"
                    + " forever or off. Times go on by the time that it was away (default ${DEFAULT-VALUE})")
    private String reconnect;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "leave out what is before this time of the source: 90, 90.5 or 00:01:30.5")
    private Duration start = Duration.ZERO;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "end after so much of the source, all passes together")
    private Duration duration;

    Playback playback() {
        return new Playback(realTime, passes(), patience(), start, duration);
    }

    private long passes() {
        if (loop.equals(FOREVER)) {
            return Playback.FOREVER;
        }
        return positive("--loop", loop, "a number of passes or forever");
    }

    private Duration patience() {
        return switch (reconnect) {
            case "off" -> Duration.ZERO;
            case FOREVER -> Playback.ENDLESS;
            default -> Duration.ofSeconds(positive("--reconnect", reconnect, "seconds, forever or off"));
        };
    }

    private static long positive(String option, String text, String expected) {
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new UsageException("expected " + expected + " for " + option + ", found \"" + text + "\"");
        }
        return Long.parseLong(text);
    }
}
