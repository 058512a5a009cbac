package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.frame.Rational;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** What a container says about the length of a video. */
final class StatedLength {
    private final MediaInput input;
    private final AVStream stream;

    StatedLength(MediaInput input, AVStream stream) {
        this.input = input;
        this.stream = stream;
    }

    /** In units of the stream's time base; 0 when unknown. */
    long duration() {
        if (stream.duration() > 0) {
            return stream.duration();
        }
        Rational seconds = input.context().duration() > 0
                ? Rational.of(input.context().duration(), avutil.AV_TIME_BASE)
                : Rational.ZERO;
        return seconds.divide(Ffmpeg.rational(stream.time_base())).floorOfProduct(1);
    }

    /** 0 when unknown. */
    long promisedFrames() {
        if (stream.nb_frames() > 0) {
            return Math.min(stream.nb_frames(), shownFrames());
        }
        AVDictionaryEntry entry = avutil.av_dict_get(stream.metadata(), "NUMBER_OF_FRAMES", null, 0);
        String text = entry == null ? "" : entry.value().getString();
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /**
     * Frames that are neither hidden by an edit list of mp4 nor empty, as avi has them where a picture stays; of containers
     * without an index in front, no bound.
     */
    private long shownFrames() {
        String name = input.context().iformat().name().getString();
        if (!name.contains("mp4") && !name.equals("avi")) {
            return Long.MAX_VALUE;
        }
        int entries = avformat.avformat_index_get_entries_count(stream);
        long shown = 0;
        for (int i = 0; i < entries; i++) {
            AVIndexEntry entry = avformat.avformat_index_get_entry(stream, i);
            boolean hidden = (entry.flags() & AVIndexEntry.AVINDEX_DISCARD_FRAME) != 0 || entry.size() == 0;
            shown += hidden ? 0 : 1;
        }
        return shown > 0 ? shown : Long.MAX_VALUE;
    }

    /**
     * Whether the container says that the video goes on for more than a second after a time. A container's own
     * duration includes its audio, so it says nothing about the video if there is audio.
     */
    boolean endsBefore(long pts) {
        boolean stated = stream.duration() > 0 || !input.hasAudio();
        boolean guessed = input.context().duration_estimation_method() == avformat.AVFMT_DURATION_FROM_BITRATE;
        if (!stated || guessed || input.isWithoutTimes() || input.jumps() > 0 || duration() == 0) {
            return false;
        }
        long shift = input.startShift(Ffmpeg.rational(stream.time_base()));
        // Matroska's duration is the time of the end.
        boolean fromZero = input.context().iformat().name().getString().contains("matroska");
        long start = fromZero ? shift : stream.start_time() == PictureClock.UNKNOWN ? 0 : stream.start_time() + shift;
        double missing =
                (start + duration() - pts) * Ffmpeg.rational(stream.time_base()).toDouble();
        Rational rate = Ffmpeg.rational(stream.avg_frame_rate());
        return missing > 1 + (rate.isPositive() ? 2 / rate.toDouble() : 0);
    }
}
