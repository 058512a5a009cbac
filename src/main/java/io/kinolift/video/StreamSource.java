package io.kinolift.video;

/**
 * Where a new file gets what is not its pictures.
 *
 * @param input where it is read from
 * @param video index of the input's stream whose pictures are written, for its title, language and flags; -1 for none
 * @param audio whether audio streams are copied
 * @param subtitles whether subtitles are copied
 * @param others whether everything else is: further video streams, covers, attachments, data, chapters and metadata
 */
public record StreamSource(Source input, int video, boolean audio, boolean subtitles, boolean others) {
    /** The audio alone. */
    public static StreamSource audioOf(Source input) {
        return new StreamSource(input, -1, true, false, false);
    }

    /** All but one video stream. */
    public static StreamSource besides(Source input, int video) {
        return new StreamSource(input, video, true, true, true);
    }
}
