package io.kinolift.transfer;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import io.kinolift.video.CodedWriter;
import java.util.List;

/** Frames as they are. */
record CopiedTrack(CodedWriter writer) implements VideoTrack {
    @Override
    public void write(EncodedFrame frame, Picture picture) throws VideoException {
        writer.write(frame);
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
