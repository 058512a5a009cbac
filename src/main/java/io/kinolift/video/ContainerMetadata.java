package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** What a file says about itself, its chapters, and the video stream whose pictures are replaced. */
final class ContainerMetadata {
    /** Of 2022-11-09T17:36:38.000000Z. */
    private static final int SECONDS = 19;

    private final MediaInput input;
    private final int video;

    /**
     * Of an input.
     *
     * @param video index of the stream, or -1
     */
    ContainerMetadata(MediaInput input, int video) {
        this.input = input;
        this.video = video;
    }

    /** Says the same in an output, before its header. */
    void copyTo(AVFormatContext output, AVStream target) {
        output.metadata(Tags.dictionary(Tags.lasting(input.context().metadata())));
        Chapters.copy(input, output);
        if (video < 0) {
            return;
        }
        AVStream from = input.context().streams(video);
        Map<String, String> tags = of(from);
        tags.computeIfPresent(
                "timecode",
                (_, start) -> Timecodes.atRate(
                        start, Ffmpeg.rational(from.avg_frame_rate()), Ffmpeg.rational(target.avg_frame_rate())));
        target.metadata(Tags.dictionary(tags));
        target.disposition(from.disposition());
    }

    /** Says which of several video streams this is. */
    Optional<String> choice() {
        List<Integer> all = input.videoStreams();
        if (video < 0 || all.size() < 2) {
            return Optional.empty();
        }
        AVStream from = input.context().streams(video);
        return Optional.of("upscaled is video stream " + all.indexOf(video) + " of 0 to " + (all.size() - 1) + " ("
                + from.codecpar().width() + "x" + from.codecpar().height() + "); --video N chooses another");
    }

    /** A stream's, without the time of creation if it is the file's, to the second. */
    Map<String, String> of(AVStream from) {
        Map<String, String> tags = Tags.lasting(from.metadata());
        String file = Tags.all(input.context().metadata()).getOrDefault("creation_time", "");
        String own = tags.getOrDefault("creation_time", "");
        if (!own.isEmpty() && file.regionMatches(0, own, 0, SECONDS)) {
            tags.remove("creation_time");
        }
        return tags;
    }

    /** Whether a stream is said otherwise: the timecode, which FFmpeg also gives as a tag, or the texts of chapters. */
    boolean says(AVStream from) {
        boolean data = from.codecpar().codec_type() == avutil.AVMEDIA_TYPE_DATA;
        boolean timecode = video >= 0
                && Tags.all(from.metadata()).containsKey("timecode")
                && Tags.all(input.context().streams(video).metadata()).containsKey("timecode");
        boolean chapters = input.context().nb_chapters() > 0 && from.discard() == avcodec.AVDISCARD_ALL;
        return data && (timecode || chapters);
    }
}
