package io.kinolift.fit;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.EightBits;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.TimedPicture;
import io.kinolift.video.VideoInfo;
import io.kinolift.video.VideoReader;
import java.nio.file.Path;

/** The luma of a clip's frames, cut at the right and below to multiples of the factor. */
public final class LumaReader implements AutoCloseable {
    private static final AvPictures PICTURES = new AvPictures();

    private final VideoReader reader;
    private final int width;
    private final int height;

    private LumaReader(VideoReader reader, int factor) {
        this.reader = reader;
        width = reader.info().width() / factor * factor;
        height = reader.info().height() / factor * factor;
    }

    /**
     * Opens a clip.
     *
     * @throws VideoException if there is no video with a luma plane in it
     */
    public static LumaReader open(Path clip, int factor) throws VideoException {
        VideoReader reader = VideoReader.open(clip.toString(), ReaderLimits.DEFAULT);
        PixelFormat format = reader.info().pixelFormat();
        if (!format.hasLuma()) {
            reader.close();
            throw new VideoException(clip + ": expected video with a luma plane, found " + format);
        }
        return new LumaReader(reader, factor);
    }

    public VideoInfo info() {
        return reader.info();
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /**
     * The next frame as GRAY8, of samples of more bits the nearest, which the caller closes; null at the end.
     *
     * @throws VideoException if the clip cannot be read, or its size changes
     */
    public Picture next() throws VideoException {
        TimedPicture next = reader.next();
        if (next == null) {
            return null;
        }
        try (next) {
            Picture picture = next.picture();
            Plane from = picture.plane(0);
            if (from.width() < width || from.height() < height) {
                throw new VideoException(
                        "expected frames of one size, found " + from.width() + "x" + from.height() + " after "
                                + reader.info().width() + "x" + reader.info().height());
            }
            Picture luma = PICTURES.allocate(PixelFormat.GRAY8, width, height);
            EightBits.plane(picture.format(), from, luma.plane(0));
            return luma;
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
