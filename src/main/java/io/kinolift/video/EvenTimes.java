package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;

/** Whether the pictures of a file come at a constant rate. Read from its packets; nothing is decoded. */
public final class EvenTimes {
    private EvenTimes() {}

    /**
     * The one rate of all pictures, of those that the container names and the usual ones near its average: every picture
     * lies within a tick of its place. ZERO if none does.
     *
     * @param info of the same source
     * @throws VideoException if it cannot be read
     */
    public static Rational rate(Source source, VideoInfo info) throws VideoException {
        // Fields become pictures of their own, but packets hold frames.
        boolean fields = source.deinterlace() == Deinterlace.FIELD;
        VideoInfo stored = fields ? info.timesRate(Rational.of(1, 2)) : info;
        Rational rate = storedRate(source, stored);
        return fields ? rate.multiply(Rational.of(2)) : rate;
    }

    private static Rational storedRate(Source source, VideoInfo info) throws VideoException {
        try (MediaInput input = MediaInput.open(source)) {
            AVStream stream = input.context().streams(info.stream());
            if (input.isWithoutTimes()) {
                return info.frameRate();
            }
            input.skipAllBut(index -> index == stream.index());
            return rate(times(input, stream), info);
        }
    }

    private static long[] times(MediaInput input, AVStream stream) throws VideoException {
        Stream.Builder<Long> times = Stream.builder();
        AVPacket packet = avcodec.av_packet_alloc();
        try {
            while (input.read(packet, stream.index())) {
                long time = packet.pts() == PictureClock.UNKNOWN ? packet.dts() : packet.pts();
                if ((packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) == 0) {
                    times.add(time);
                }
                avcodec.av_packet_unref(packet);
            }
        } finally {
            avcodec.av_packet_free(packet);
        }
        // Packets are stored in order of decoding.
        return times.build().mapToLong(Long::longValue).sorted().toArray();
    }

    static Rational rate(long[] times, VideoInfo info) {
        if (times.length < 2 || Arrays.stream(times).anyMatch(time -> time == PictureClock.UNKNOWN)) {
            return info.frameRate();
        }
        long span = times[times.length - 1] - times[0];
        if (span == 0) {
            return Rational.ZERO;
        }
        Rational mean = Rational.of(times.length - 1, span).divide(info.timeBase());
        long whole = Math.max(1, Math.round(mean.toDouble()));
        long broadcast = Math.max(1, Math.round(mean.toDouble() * 1.001));
        return Stream.of(
                        info.frameRate(),
                        info.averageFrameRate(),
                        Rational.of(whole),
                        Rational.of(1000 * broadcast, 1001),
                        mean)
                .filter(rate -> rate.isPositive() && isEven(times, rate.inverse(), info.timeBase()))
                .findFirst()
                .orElse(Rational.ZERO);
    }

    private static boolean isEven(long[] times, Rational step, Rational timeBase) {
        for (int i = 0; i < times.length; i++) {
            if (Math.abs(times[i] - times[0] - Ticks.nearest(i, step, timeBase)) > 1) {
                return false;
            }
        }
        return true;
    }
}
