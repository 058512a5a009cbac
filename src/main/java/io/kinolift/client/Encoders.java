package io.kinolift.client;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import java.util.ArrayDeque;
import java.util.Deque;

/** The encoders of a stream's present format, as many as threads need. Those of an earlier format are closed. */
final class Encoders implements AutoCloseable {
    private final EncoderSettings settings;
    private final Deque<FrameEncoder> idle = new ArrayDeque<>();
    private FrameFormat format;

    Encoders(EncoderSettings settings) {
        this.settings = settings;
    }

    byte[] encode(FrameFormat wanted, Picture picture) throws FrameCodecException {
        FrameEncoder encoder = take(wanted);
        try {
            return encoder.encode(picture);
        } finally {
            giveBack(wanted, encoder);
        }
    }

    private FrameEncoder take(FrameFormat wanted) throws FrameCodecException {
        synchronized (this) {
            if (!wanted.equals(format)) {
                close();
                format = wanted;
            } else if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return FrameCodecs.encoder(wanted, settings);
    }

    private synchronized void giveBack(FrameFormat of, FrameEncoder encoder) {
        if (of.equals(format)) {
            idle.push(encoder);
        } else {
            encoder.close();
        }
    }

    @Override
    public synchronized void close() {
        idle.forEach(FrameEncoder::close);
        idle.clear();
        format = null;
    }
}
