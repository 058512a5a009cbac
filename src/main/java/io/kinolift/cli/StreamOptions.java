package io.kinolift.cli;

import io.kinolift.video.StreamChoice;
import picocli.CommandLine.Option;

/** What of a file with several streams is upscaled and copied. */
final class StreamOptions {
    @Option(
            names = "--video",
            paramLabel = "N",
            description = "which video stream to upscale, from 0, if IN has several (default: the best)")
    private Integer video;

    @Option(names = "--no-audio", description = "leave out the audio")
    private boolean noAudio;

    @Option(names = "--no-subtitles", description = "leave out the subtitles")
    private boolean noSubtitles;

    StreamChoice choice() {
        if (video != null && video < 0) {
            throw new UsageException("expected the number of a video stream, from 0, found --video " + video);
        }
        return new StreamChoice(video == null ? StreamChoice.BEST : video, !noAudio, !noSubtitles);
    }
}
