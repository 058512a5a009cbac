package io.kinolift.transfer;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.video.Background;
import io.kinolift.video.VideoSettings;
import io.kinolift.video.VideoWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A video file that is being written. It has a temporary name beside the final one until it is complete, so that no
 * incomplete file looks complete. A file has one picture size. If the stream changes its size, later pictures are
 * fitted to that of the file.
 */
public final class VideoFile implements Collect.Sink, AutoCloseable {
    private final Settings settings;
    private final Path partial;
    private final List<Shot> waiting = new ArrayList<>();
    private VideoWriter writer;
    private FrameFormat format;
    private List<String> remarks = List.of();
    private long frames;
    private long writeNanos;

    /**
     * What the file looks like.
     *
     * @param videoCodec null takes the usual one of the file's container
     * @param frameRate nominal frames per second of the output, for rate control; null takes that of the first frames,
     *     which are held back until it is known
     * @param rotation degrees clockwise that a player shall turn the picture by
     * @param audioSource a file whose audio is copied, or null
     * @param background what transparent pictures are composed over; null keeps alpha where the file can hold it
     */
    public record Settings(
            Path file,
            String videoCodec,
            Rational frameRate,
            int quality,
            int rotation,
            Path audioSource,
            Background background,
            int threads) {}

    private record Shot(EncodedFrame frame, Picture picture) {}

    public VideoFile(Settings settings) {
        this.settings = settings;
        Path name = settings.file().getFileName();
        this.partial = settings.file().resolveSibling("." + name + ".partial");
    }

    @Override
    public void frame(EncodedFrame frame, Picture picture) throws TransferException {
        if (writer != null) {
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
                ? NominalRate.of(waiting.stream().map(Shot::frame).toList())
                : settings.frameRate();
        try {
            open(waiting.getFirst().frame(), rate);
        } catch (VideoException e) {
            throw new TransferException(e.getMessage(), e);
        }
        while (!waiting.isEmpty()) {
            Shot next = waiting.removeFirst();
            write(next.frame(), next.picture());
        }
    }

    private void write(EncodedFrame frame, Picture picture) throws TransferException {
        long start = System.nanoTime();
        try (picture) {
            if (picture.format() != format.pixelFormat()) {
                throw new TransferException("expected " + format.pixelFormat() + " pictures as at the start, found "
                        + picture.format() + " at frame " + frame.sequence());
            }
            if (picture.width() == format.width() && picture.height() == format.height()) {
                writer.write(picture, frame.pts(), frame.duration(), frame.timeBase());
            } else {
                try (Picture fitted = fit(picture)) {
                    writer.write(fitted, frame.pts(), frame.duration(), frame.timeBase());
                }
            }
            frames++;
        } catch (VideoException e) {
            throw new TransferException(e.getMessage(), e);
        } finally {
            writeNanos += System.nanoTime() - start;
        }
    }

    private void open(EncodedFrame first, Rational frameRate) throws VideoException {
        format = first.format();
        writer = VideoWriter.create(partial, videoSettings(format, first.timeBase(), frameRate));
    }

    /** Says at once whether the file can be written. */
    void requireWritable(FrameFormat expected, Rational timeBase, Rational frameRate) throws VideoException {
        videoSettings(expected, timeBase, frameRate);
    }

    private VideoSettings videoSettings(FrameFormat shown, Rational timeBase, Rational frameRate)
            throws VideoException {
        VideoSettings any = new VideoSettings(
                settings.file().getFileName().toString(),
                settings.videoCodec() == null ? "" : settings.videoCodec(),
                shown.pixelFormat(),
                shown.width(),
                shown.height(),
                shown.sampleAspectRatio(),
                shown.colour(),
                timeBase,
                frameRate,
                settings.quality(),
                settings.rotation(),
                settings.audioSource(),
                settings.background(),
                settings.threads());
        return VideoWriter.withCodec(any);
    }

    /** What becomes of the pictures besides their encoding, one line each. */
    public List<String> remarks() {
        return remarks;
    }

    private Picture fit(Picture picture) {
        SpatialTarget size = new SpatialTarget.Size(format.width(), format.height());
        BoundOperator operator = InterpolationOperator.of(
                        new Interpolation(Mode.BILINEAR, Rational.ONE, size, false, TemporalGrid.HALF_PIXEL))
                .bind(picture.format(), picture.width(), picture.height());
        Picture fitted = new AvPictures().allocate(picture.format(), format.width(), format.height());
        operator.upscale(0, new Single(picture), fitted, Bands.ONE);
        return fitted;
    }

    private record Single(Picture picture) implements InputFrames {
        @Override
        public long first() {
            return 0;
        }

        @Override
        public long last() {
            return 0;
        }

        @Override
        public Picture at(long index) {
            return picture;
        }
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
        if (writer == null && !waiting.isEmpty()) {
            begin();
        }
        if (writer == null) {
            throw new TransferException("expected at least one frame, found none: " + settings.file() + " not written");
        }
        long start = System.nanoTime();
        try {
            writer.finish();
            remarks = writer.remarks();
            writer.close();
            Files.move(partial, settings.file(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            writer = null;
        } catch (VideoException e) {
            throw new TransferException(e.getMessage(), e);
        } catch (IOException e) {
            throw new TransferException("cannot name the output " + settings.file() + ": " + e.getMessage(), e);
        } finally {
            writeNanos += System.nanoTime() - start;
        }
    }

    /** Removes what was not finished. */
    @Override
    public void close() {
        waiting.forEach(shot -> shot.picture().close());
        waiting.clear();
        if (writer != null) {
            writer.close();
        }
        discard();
    }

    /** Removes the unfinished file's name at the end of the process, while another thread may still write. */
    void discard() {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
