package io.kinolift.video;

/**
 * Which streams of a file are wanted.
 *
 * @param video which of its video streams that are no covers, from 0; {@link #BEST} leaves it to FFmpeg
 */
public record StreamChoice(int video, boolean audio, boolean subtitles) {
    public static final int BEST = -1;

    /** The best video stream, and everything else. */
    public static final StreamChoice ALL = new StreamChoice(BEST, true, true);

    /**
     * What goes into the output of a file.
     *
     * @param stream index of the video stream that was found
     */
    public StreamSource of(Source input, int stream) {
        return new StreamSource(input, stream, audio, subtitles, true);
    }
}
