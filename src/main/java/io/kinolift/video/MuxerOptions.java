package io.kinolift.video;

import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avutil;

/** How containers are written: where FFmpeg's defaults lose times, segments or the use of a pipe. */
final class MuxerOptions {
    private static final Set<String> FRAGMENTED = Set.of("mp4", "mov", "ipod", "3gp", "3g2", "ismv");
    private static final String SEGMENT_SECONDS = "6";

    private MuxerOptions() {}

    /**
     * Edit lists of mp4 and mov, which hold the starts of streams, count in a clock of the whole file: by default in
     * milliseconds. It gets one that holds the times of every stream, or at least of the pictures. Other containers do not
     * know the option.
     */
    static void sharpenEditLists(AVFormatContext context) {
        long common = 1;
        for (int i = 0; i < context.nb_streams(); i++) {
            long ticks = context.streams(i).time_base().den();
            long next = common / gcd(common, ticks) * ticks;
            common = next <= Integer.MAX_VALUE ? next : common;
        }
        avutil.av_opt_set_int(context, "movie_timescale", common, avutil.AV_OPT_SEARCH_CHILDREN);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /**
     * Adds the options that the container and the place need.
     *
     * @param context with its format and, unless the format opens its own files, its output
     * @param url as in {@link VideoWriter#create(String, VideoSettings)}
     */
    static void add(AVDictionary options, AVFormatContext context, String url) {
        AVOutputFormat format = context.oformat();
        if (OutputFormat.isPictures(format) && PictureNames.of(url).isEmpty()) {
            // One picture, whose name is taken literally.
            avutil.av_dict_set(options, "update", "1", 0);
        }
        if (OutputFormat.isPlaylist(format)) {
            // FFmpeg's own choice is to keep the last five. Without the end mark players take the playlist for a live
            // one.
            avutil.av_dict_set(options, "hls_list_size", "0", 0);
            avutil.av_dict_set(options, "hls_playlist_type", "event", 0);
            avutil.av_dict_set(options, "hls_time", SEGMENT_SECONDS, 0);
            avutil.av_dict_set(options, "hls_segment_filename", Segments.pattern(url), 0);
        }
        boolean fragments = context.pb() != null && context.pb().seekable() == 0;
        if (fragments && FRAGMENTED.contains(format.name().getString())) {
            // Nobody can go back in a pipe and write the index in front.
            avutil.av_dict_set(
                    options, "movflags", "+frag_keyframe+empty_moov+default_base_moof", avutil.AV_DICT_APPEND);
        }
    }
}
