package io.kinolift.transfer;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.video.CodedWriter;
import io.kinolift.video.EncoderChoice;
import io.kinolift.video.PictureSideData;
import io.kinolift.video.SoundSupply;
import io.kinolift.video.StreamSource;
import io.kinolift.video.VideoSettings;
import io.kinolift.video.VideoWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A video file that is being written. It has a temporary name beside the final one until it is complete, so that no
 * incomplete file looks complete. A file has one picture size. If the stream changes its size, later pictures are
 * fitted to that of the file. With an encoder that copies, frames are written as they are; they come without pictures.
 */
public final class VideoFile implements Collect.Sink, AutoCloseable {
    private final Settings settings;
    private final List<Shot> waiting = new ArrayList<>();
    private VideoTrack track;
    private FrameFormat format;
    private List<String> remarks = List.of();
    private long frames;
    private long writeNanos;

    /**
     * What the file looks like.
     *
     * @param frameRate nominal frames per second of the output, for rate control; null takes that of the first frames,
     *     which are held back until it is known
     * @param sideData how a player shall show the pictures
     * @param streams the source of sound, subtitles and all else, or null
     * @param sound of packets that come one by one, or null
     */
    public record Settings(
            OutputPlace place,
            EncoderChoice encoder,
            Rational frameRate,
            int quality,
            PictureSideData sideData,
            StreamSource streams,
            SoundSupply sound,
            int threads) {
        /** Without sound that comes packet by packet. */
        public Settings(
                OutputPlace place,
                EncoderChoice encoder,
                Rational frameRate,
                int quality,
                PictureSideData sideData,
                StreamSource streams,
                int threads) {
            this(place, encoder, frameRate, quality, sideData, streams, null, threads);
        }
    }

    private record Shot(EncodedFrame frame, Picture picture) {}

    public VideoFile(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void frame(EncodedFrame frame, Picture picture) throws TransferException {
        if (track != null) {
            write(frame, picture);
            return;
        }
        waiting.add(new Shot(frame, picture));
        if (settings.frameRate() != null || waiting.size() == NominalRate.FRAMES) {
            begin();
        }
    }

    /** Opens the file and writes what has waited. */
    private void begin() throws TransferException {
        Rational rate = settings.frameRate() == null
                ? NominalRate.of(waiting.stream()
                        .map(Shot::frame)
                        .sorted(Comparator.comparingLong(EncodedFrame::pts))
                        .toList())
                : settings.frameRate();
        try {
            open(waiting.getFirst().frame(), rate);
        } catch (VideoException e) {
            throw unwritable(e);
        }
        while (!waiting.isEmpty()) {
            Shot next = waiting.removeFirst();
            write(next.frame(), next.picture());
        }
    }

    private void write(EncodedFrame frame, Picture picture) throws TransferException {
        long start = System.nanoTime();
        try (picture) {
            if (frames == 1 && settings.place().isOnePicture()) {
                throw new TransferException("expected one picture for " + settings.place()
                        + ", found more (a name such as picture_%04d.png takes them, --scale-factor 1,2,2 makes none"
                        + " between)");
            }
            track.write(frame, picture);
            frames++;
        } catch (VideoException e) {
            throw unwritable(e);
        } finally {
            writeNanos += System.nanoTime() - start;
        }
    }

    private TransferException unwritable(VideoException e) {
        return new UnusablePlaceException(settings.place() + ": " + e.getMessage(), e);
    }

    private void open(EncodedFrame first, Rational frameRate) throws VideoException, TransferException {
        format = first.format();
        if (settings.encoder().isCopy()) {
            VideoSettings kept = anySettings(format, first.timeBase(), frameRate);
            track = new CopiedTrack(CodedWriter.create(settings.place().open(), kept, first, settings.sound()));
            return;
        }
        VideoSettings written = videoSettings(format, first.timeBase(), frameRate);
        track = new EncodedTrack(VideoWriter.create(settings.place().open(), written, settings.sound()), format);
    }

    /** Says at once whether the file can be written. */
    void requireWritable(FrameFormat expected, Rational timeBase, Rational frameRate) throws VideoException {
        videoSettings(expected, timeBase, frameRate);
    }

    private VideoSettings videoSettings(FrameFormat shown, Rational timeBase, Rational frameRate)
            throws VideoException {
        return VideoWriter.withCodec(anySettings(shown, timeBase, frameRate));
    }

    private VideoSettings anySettings(FrameFormat shown, Rational timeBase, Rational frameRate) {
        return new VideoSettings(
                settings.place().container(),
                settings.encoder(),
                shown.pixelFormat(),
                shown.width(),
                shown.height(),
                shown.sampleAspectRatio(),
                shown.colour(),
                timeBase,
                frameRate,
                settings.quality(),
                settings.sideData(),
                settings.streams(),
                settings.threads());
    }

    /** What becomes of the pictures besides their encoding, one line each. */
    public List<String> remarks() {
        return remarks;
    }

    /** Frames written. */
    public long frames() {
        return frames;
    }

    /** Format of the pictures written; null before the first. */
    public FrameFormat format() {
        return format;
    }

    public long writeNanos() {
        return writeNanos;
    }

    /** Completes the file and gives it its name. */
    public void finish() throws TransferException {
        if (track == null && !waiting.isEmpty()) {
            begin();
        }
        if (track == null) {
            throw new TransferException(
                    "expected at least one frame, found none: " + settings.place() + " not written");
        }
        long start = System.nanoTime();
        try {
            track.finish();
            remarks = track.remarks();
            track.close();
            track = null;
            List<String> all = new ArrayList<>(settings.place().publish());
            all.addAll(remarks);
            remarks = all;
        } catch (VideoException e) {
            throw unwritable(e);
        } finally {
            writeNanos += System.nanoTime() - start;
        }
    }

    /** Removes what was not finished. */
    @Override
    public void close() {
        waiting.stream().map(Shot::picture).filter(Objects::nonNull).forEach(Picture::close);
        waiting.clear();
        if (track != null) {
            track.close();
        }
        discard();
    }

    /** Removes the unfinished file's name at the end of the process, while another thread may still write. */
    void discard() {
        settings.place().discard();
    }
}
