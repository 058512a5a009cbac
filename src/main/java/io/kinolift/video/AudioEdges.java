package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Where the sound of a stream really begins and ends. A decoder needs a little sound before the first sample that is
 * heard (priming), and edit lists of mp4 hide sound at both ends. Times are the stream's, on the input's clock.
 *
 * @param first time of the first packet that is needed
 * @param end time at which the container says that the sound ends; {@link Long#MAX_VALUE} if it says nothing
 */
record AudioEdges(long first, long end) {
    /** Nothing hidden. */
    static final AudioEdges NONE = new AudioEdges(Long.MIN_VALUE, Long.MAX_VALUE);

    /** More priming than this is sound that was cut away. */
    private static final double LONGEST_PRIMING_SECONDS = 0.2;
    /** Of sound that was cut away, decoders need no more than this. */
    private static final double LEAD_SECONDS = 0.1;

    private static final int PACKETS_TO_SEE = 4000;

    /** Reads the beginning of a file once more: outputs must know the priming before the first packet is written. */
    static Map<Integer, AudioEdges> of(Source source, IntPredicate wanted, boolean keepsPriming) throws VideoException {
        Map<Integer, AudioEdges> edges = new HashMap<>();
        AVPacket packet = avcodec.av_packet_alloc();
        try (MediaInput input = MediaInput.open(source)) {
            int missing = 0;
            for (int i = 0; i < input.context().nb_streams(); i++) {
                missing += wanted.test(i) ? 1 : 0;
            }
            input.skipAllBut(wanted);
            Map<Integer, Long> candidates = new HashMap<>();
            for (int seen = 0; missing > 0 && seen < PACKETS_TO_SEE && input.read(packet, -1); seen++) {
                int index = packet.stream_index();
                if (wanted.test(index) && !edges.containsKey(index) && packet.pts() != PictureClock.UNKNOWN) {
                    AVStream stream = input.context().streams(index);
                    Rational unit = Ffmpeg.rational(stream.time_base());
                    candidates.merge(
                            index,
                            packet.pts(),
                            (held, next) -> isNeeded(held, unit, packet, keepsPriming) ? held : next);
                    if (packet.pts() + packet.duration() > 0) {
                        edges.put(index, new AudioEdges(candidates.get(index), statedEnd(input, stream)));
                        missing--;
                    }
                }
                avcodec.av_packet_unref(packet);
            }
        } finally {
            avcodec.av_packet_free(packet);
        }
        return edges;
    }

    /** Whether a packet, the first of those that are held, is needed once there is another one after it. */
    private static boolean isNeeded(long held, Rational unit, AVPacket next, boolean keepsPriming) {
        if (held >= 0) {
            return true;
        }
        if (!keepsPriming) {
            // The nearest packet border becomes the beginning.
            return Math.abs(held) <= Math.abs(next.pts());
        }
        double seconds = unit.toDouble();
        return -held * seconds <= LONGEST_PRIMING_SECONDS || -next.pts() * seconds < LEAD_SECONDS;
    }

    /** Only edit lists say this of the sound alone. */
    private static long statedEnd(MediaInput input, AVStream stream) {
        boolean edits = input.context().iformat().name().getString().contains("mp4");
        if (!edits || stream.duration() <= 0 || stream.start_time() == PictureClock.UNKNOWN) {
            return Long.MAX_VALUE;
        }
        return stream.start_time() + stream.duration() + input.startShift(Ffmpeg.rational(stream.time_base()));
    }

    /** To the millisecond. */
    boolean beginsAtZero(Rational unit) {
        return first == Long.MIN_VALUE || Math.abs(first * unit.toDouble()) < 0.001;
    }

    /** Samples before time 0. */
    int priming(Rational unit, int sampleRate) {
        return first >= 0 || first == Long.MIN_VALUE
                ? 0
                : Math.toIntExact(Ticks.nearest(-first, unit, Rational.of(1, sampleRate)));
    }
}
