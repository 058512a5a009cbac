package io.kinolift.cli;

import io.kinolift.video.SoundChoice;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What becomes of a source's sound. */
final class SoundOptions {
    private static final String ALL = "all";

    /** FFmpeg's word for packets that stay as they are. */
    enum Audio {
        COPY,
        OFF
    }

    @Option(
            names = "--audio",
            paramLabel = "copy|off",
            description = "copy: send the sound to the topic kinolift.audio, as it is encoded; off: leave it out"
                    + " (default: copy if the topic exists)")
    private Audio audio;

    @Option(
            names = "--audio-tracks",
            paramLabel = "N,..",
            description = "audio tracks to send, counted from 0, or all (default: the main one)")
    private String tracks;

    SoundChoice choice() {
        return tracks == null ? SoundChoice.MAIN : choice(tracks);
    }

    static SoundChoice choice(String text) {
        if (text.equals(ALL)) {
            return SoundChoice.ALL;
        }
        if (!text.matches("\\d{1,3}(,\\d{1,3})*")) {
            throw new UsageException(
                    "expected numbers from 0 with commas between them, or all, for --audio-tracks, found \"" + text
                            + "\"");
        }
        return SoundChoice.of(
                Arrays.stream(text.split(",")).map(Integer::valueOf).collect(Collectors.toSet()));
    }

    /** Whether it is sent if there is a topic for it. */
    boolean isWanted() {
        return audio != Audio.OFF;
    }

    /** Whether it must be sent. */
    boolean isAsked() {
        return isWanted() && (audio == Audio.COPY || tracks != null);
    }
}
