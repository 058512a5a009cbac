package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Writes pictures to a video file, and all else of another file beside them. The container determines the ticks: mp4 and mov
 * take any, mkv and webm have milliseconds, MPEG-TS has 1/90000 s, avi has one rate. A time is the nearest tick to the
 * exact one, and times strictly increase in all of them.
 * One instance is for one thread at a time. A file that is not finished is not playable.
 */
public final class VideoWriter implements AutoCloseable {
    private final VideoSettings settings;
    private final ContainerFile file;
    private final AVPacket packet = avcodec.av_packet_alloc();
    /** Times of the pictures inside the encoder, by its own count. */
    private final Map<Long, Time> times = new HashMap<>();

    private VideoEncoder encoder;
    private ContainerClock clock;
    private long count;
    private long first;
    private long endMicros;
    private long unplaced;
    private boolean closed;

    /** When a picture is shown: in the container's ticks, and in the clock of the audio. */
    private record Time(long tick, long ticks, long micros) {}

    private VideoWriter(String url, VideoSettings settings, SoundSupply supply) throws VideoException {
        this.settings = settings;
        this.file = new ContainerFile(url, settings, supply);
    }

    /**
     * Creates a file and writes its header.
     *
     * @param file is replaced
     * @throws VideoException if the container, the codec or the sound is refused, or the file cannot be written
     */
    public static VideoWriter create(Path file, VideoSettings settings) throws VideoException {
        return create(ContainerFile.FILE + file, settings);
    }

    /**
     * Begins to write to a place.
     *
     * @param url file: and a path that is replaced, pipe:1 for standard output, or a pattern such as frame_%04d.png if the
     *     container is pictures
     * @throws VideoException if the container, the codec or the sound is refused, or the place cannot be written to
     */
    public static VideoWriter create(String url, VideoSettings settings) throws VideoException {
        return create(url, settings, null);
    }

    /**
     * As {@link #create(String, VideoSettings)}, with sound that comes packet by packet.
     *
     * @param supply asked on the thread that writes pictures; null for none
     */
    public static VideoWriter create(String url, VideoSettings settings, SoundSupply supply) throws VideoException {
        VideoWriter writer = new VideoWriter(url, settings, supply);
        boolean opened = false;
        try {
            writer.open();
            opened = true;
            return writer;
        } finally {
            if (!opened) {
                writer.close();
            }
        }
    }

    /** The codec that suits a file name, for pictures of 4:2:0 and 8 bits: mjpeg for avi, vp9 for webm, else h264. */
    public static String defaultCodec(Path file) {
        return UsualCodecs.common(file.getFileName().toString());
    }

    /**
     * The settings with a codec that takes such pictures: the one they name, or where that is empty, the usual one of the
     * container that loses no chroma or depth.
     *
     * @throws VideoException if there is none
     */
    public static VideoSettings withCodec(VideoSettings settings) throws VideoException {
        return CodecChoice.of(settings);
    }

    /** Whether a container is pictures with a file each. */
    public static boolean writesPictures(String container) throws VideoException {
        return OutputFormat.isPictures(container);
    }

    /** Whether a container is a playlist and segments with a file each. */
    public static boolean writesPlaylist(String container) throws VideoException {
        return OutputFormat.isPlaylist(OutputFormat.find(container));
    }

    /** What becomes of pictures and other streams besides what was asked for, one line each. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(encoder.remarks());
        UnsaidMatrix.remark(file.format(), encoder.context()).ifPresent(remarks::add);
        remarks.addAll(file.remarks());
        if (unplaced > 0) {
            remarks.add(unplaced + " of " + count + " pictures are not at their times: " + file.name()
                    + " has one rate (--fps makes the rate of the input even)");
        }
        if (file.name().equals("rawvideo")) {
            remarks.add("raw video of " + encoder.layout() + " at " + settings.frameRate()
                    + " frames per second: --input-format rawvideo --input-size " + encoder.size()
                    + " --input-pixel-format " + encoder.layout() + " --input-rate " + settings.frameRate()
                    + " reads it");
        }
        remarks.addAll(file.missing());
        return remarks;
    }

    private void open() throws VideoException {
        encoder = new VideoEncoder(settings, file.wantsGlobalHeader());
        CodecChoice.requireHeld(file.format(), encoder.context().codec_id(), settings);
        addStream();
        file.begin();
        clock = new ContainerClock(file.tick());
    }

    private void addStream() {
        AVStream stream = file.addVideo();
        avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder.context());
        if (encoder.hasAlpha() && encoder.isVpx()) {
            // Matroska's mark of a second picture beside the first; other containers leave it out.
            AVDictionary metadata = stream.metadata() == null ? new AVDictionary(null) : stream.metadata();
            avutil.av_dict_set(metadata, "alpha_mode", "1", 0);
            stream.metadata(metadata);
        }
        stream.sample_aspect_ratio(encoder.context().sample_aspect_ratio());
        settings.sideData()
                .forSize(encoder.context().width(), encoder.context().height())
                .addTo(stream.codecpar());
    }

    /**
     * Encodes a picture.
     *
     * @param picture of the settings' format and size; stays the caller's, and is not read afterwards
     * @param pts in the settings' time base; where it is not larger than the last, the picture gets the next tick
     * @param duration in the settings' time base; 0 when unknown
     */
    public void write(Picture picture, long pts, long duration) throws VideoException {
        write(picture, pts, duration, settings.timeBase());
    }

    /** As {@link #write(Picture, long, long)}, for a picture with a time base of its own. */
    public void write(Picture picture, long pts, long duration, Rational timeBase) throws VideoException {
        count++;
        times.put(count - 1, time(pts, duration, timeBase));
        endMicros = Ticks.nearest(pts + duration, timeBase, Rational.MICROSECOND);
        encoder.send(picture);
        drain();
    }

    private Time time(long pts, long duration, Rational timeBase) throws VideoException {
        try {
            long tick = clock.place(pts, timeBase);
            if (OutputFormat.isWithoutTimes(file.format())) {
                first = count == 1 ? tick : first;
                unplaced += tick - first == count - 1 ? 0 : 1;
                tick = count - 1;
            }
            long ticks = duration == 0 ? 0 : clock.until(Math.addExact(pts, duration), timeBase);
            return new Time(tick, ticks, Ticks.nearest(pts, timeBase, Rational.MICROSECOND));
        } catch (ArithmeticException _) {
            throw new VideoException("expected a time that " + settings.container() + " can hold, found " + pts
                    + " times " + timeBase + " s");
        }
    }

    /** Writes what is still inside the encoder, the rest of the other streams, and the file's index. */
    public void finish() throws VideoException {
        encoder.send(null);
        drain();
        file.finish(endMicros);
    }

    private void drain() throws VideoException {
        while (true) {
            int code = avcodec.avcodec_receive_packet(encoder.context(), packet);
            if (code == avutil.AVERROR_EAGAIN() || code == avutil.AVERROR_EOF()) {
                return;
            }
            ContainerFile.check("an encoded picture", code);
            Time time = times.remove(packet.pts());
            // Without frames in another order, a picture is decoded when it is shown.
            packet.pts(time.tick()).dts(time.tick()).duration(time.ticks());
            file.write(packet, time.micros());
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (encoder != null) {
            encoder.close();
        }
        file.close();
        avcodec.av_packet_free(packet);
    }
}
