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
import io.kinolift.video.VideoWriter;
import java.util.List;

/**
 * Pictures, encoded anew. A file has one picture size: pictures of another are fitted to it.
 *
 * @param format of the file's pictures
 */
record EncodedTrack(VideoWriter writer, FrameFormat format) implements VideoTrack {
    @Override
    public void write(EncodedFrame frame, Picture picture) throws VideoException, TransferException {
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

    @Override
    public void finish() throws VideoException {
        writer.finish();
    }

    @Override
    public List<String> remarks() {
        return writer.remarks();
    }

    @Override
    public void close() {
        writer.close();
    }
}
