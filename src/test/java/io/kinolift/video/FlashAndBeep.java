package io.kinolift.video;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.FfmpegProgram;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Plane;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.ShortPointer;

/** Clips of a flash and a beep, and the time between the two as a player shows and plays them. */
public final class FlashAndBeep {
    private static final double LOUD = 0.1;
    /** Between two beeps, at least. */
    private static final double QUIET_SECONDS = 0.1;

    private FlashAndBeep() {}

    /** Makes a clip of 2 s with both after one second, before {@code more} arguments of FFmpeg are applied. */
    public static Path make(Path file, List<Object> beforeVideo, List<Object> beforeAudio, List<Object> more) {
        List<Object> arguments = new ArrayList<>(beforeVideo);
        arguments.addAll(List.of(
                "-f",
                "lavfi",
                "-i",
                "color=black:size=64x64:rate=25:duration=2,drawbox=c=white:t=fill:enable='between(t,1,1.19)'"));
        arguments.addAll(beforeAudio);
        arguments.addAll(
                List.of("-f", "lavfi", "-i", "aevalsrc='if(between(t,1,1.2),0.9*cos(2*PI*1000*t),0)':s=48000:d=2"));
        arguments.addAll(List.of("-pix_fmt", "yuv420p"));
        arguments.addAll(more);
        arguments.add(file);
        FfmpegProgram.run(arguments.toArray());
        return file;
    }

    /** Seconds from the flash to the beep. */
    public static double offset(Path file) throws VideoException {
        return beep(file) - flash(file);
    }

    private static double flash(Path file) throws VideoException {
        try (VideoReader reader = VideoReader.open(file.toString(), ReaderLimits.DEFAULT)) {
            for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                try (TimedPicture picture = next) {
                    if (isBright(picture)) {
                        return picture.pts() * reader.timeBase().toDouble();
                    }
                }
            }
        }
        throw new AssertionError("no flash in " + file);
    }

    private static double beep(Path file) throws VideoException {
        double[] found = {Double.NaN};
        decode(file, (frame, seconds) -> {
            int sample = Double.isNaN(found[0]) ? firstLoud(frame) : -1;
            if (sample >= 0) {
                found[0] = seconds + (double) sample / frame.sample_rate();
            }
        });
        return found[0];
    }

    public static boolean hasSound(Path file) throws VideoException {
        try (MediaInput input = MediaInput.open(Source.of(file.toString()))) {
            return avformat.av_find_best_stream(input.context(), avutil.AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0)
                    >= 0;
        }
    }

    /** When each beep begins, in seconds; without one that had begun before. */
    public static List<Double> beeps(Path file) throws VideoException {
        List<Double> found = new ArrayList<>();
        double[] loud = {0};
        decode(file, (frame, seconds) -> {
            for (int i = 0; i < frame.nb_samples(); i++) {
                if (isLoud(frame, i)) {
                    double now = seconds + (double) i / frame.sample_rate();
                    if (now - loud[0] > QUIET_SECONDS) {
                        found.add(now);
                    }
                    loud[0] = now;
                }
            }
        });
        return found;
    }

    /** When each flash begins, in seconds; without one that had begun before. */
    public static List<Double> flashes(Path file) throws VideoException {
        List<Double> found = new ArrayList<>();
        boolean before = true;
        try (VideoReader reader = VideoReader.open(file.toString(), ReaderLimits.DEFAULT)) {
            for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                try (TimedPicture picture = next) {
                    boolean flashes = isBright(picture);
                    if (flashes && !before) {
                        found.add(picture.pts() * reader.timeBase().toDouble());
                    }
                    before = flashes;
                }
            }
        }
        return found;
    }

    private static boolean isBright(TimedPicture picture) {
        Plane luma = picture.picture().plane(0);
        return luma.sample(luma.width() / 2, luma.height() / 2) > 128;
    }

    /** A hash of all decoded samples of the first channel. */
    public static int samples(Path file) throws VideoException {
        int[] hash = {1};
        decode(file, (frame, _) -> {
            int bytes = frame.nb_samples() * avutil.av_get_bytes_per_sample(frame.format());
            byte[] plane = new byte[bytes];
            frame.data(0).get(plane);
            hash[0] = 31 * hash[0] + Arrays.hashCode(plane);
        });
        return hash[0];
    }

    /** When the last sample has been heard. */
    public static double end(Path file) throws VideoException {
        double[] end = {0};
        decode(file, (frame, seconds) -> end[0] = seconds + (double) frame.nb_samples() / frame.sample_rate());
        return end[0];
    }

    private interface Heard {
        void frame(AVFrame frame, double seconds);
    }

    private static void decode(Path file, Heard heard) throws VideoException {
        AVPacket packet = avcodec.av_packet_alloc();
        AVFrame frame = AvPictures.newFrame();
        AVCodecContext decoder = new AVCodecContext(null);
        try (MediaInput input = MediaInput.open(Source.of(file.toString()))) {
            AVStream stream = input.context()
                    .streams(avformat.av_find_best_stream(
                            input.context(), avutil.AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0));
            AVCodec codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
            decoder = avcodec.avcodec_alloc_context3(codec);
            avcodec.avcodec_parameters_to_context(decoder, stream.codecpar());
            decoder.pkt_timebase(stream.time_base());
            avcodec.avcodec_open2(decoder, codec, (AVDictionary) null);
            double unit = Ffmpeg.rational(stream.time_base()).toDouble();
            boolean more = true;
            while (more) {
                more = input.read(packet, stream.index());
                avcodec.avcodec_send_packet(decoder, more ? packet : null);
                avcodec.av_packet_unref(packet);
                while (avcodec.avcodec_receive_frame(decoder, frame) >= 0) {
                    heard.frame(frame, frame.best_effort_timestamp() * unit);
                }
            }
        } finally {
            avcodec.av_packet_free(packet);
            avutil.av_frame_free(frame);
            avcodec.avcodec_free_context(decoder);
        }
    }

    private static int firstLoud(AVFrame frame) {
        for (int i = 0; i < frame.nb_samples(); i++) {
            if (isLoud(frame, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isLoud(AVFrame frame, int sample) {
        boolean planar = avutil.av_sample_fmt_is_planar(frame.format()) != 0;
        long at = (long) sample * (planar ? 1 : frame.ch_layout().nb_channels());
        double value = switch (frame.format()) {
            case avutil.AV_SAMPLE_FMT_FLT, avutil.AV_SAMPLE_FMT_FLTP -> new FloatPointer(frame.data(0)).get(at);
            case avutil.AV_SAMPLE_FMT_S32, avutil.AV_SAMPLE_FMT_S32P ->
                new IntPointer(frame.data(0)).get(at) / 2147483648.0;
            default -> new ShortPointer(frame.data(0)).get(at) / 32768.0;
        };
        return Math.abs(value) > LOUD;
    }
}
