package io.kinolift.client;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameDecoder;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** The records of a stream with a look ahead, and the decoding of one frame at a time. */
final class Intake implements AutoCloseable {
    private final StreamReader reader;
    private final Map<Codec, FrameDecoder> decoders = new EnumMap<>(Codec.class);
    private final Deque<StreamReader.Entry> ahead = new ArrayDeque<>();

    Intake(StreamReader reader) {
        this.reader = reader;
    }

    StreamReader reader() {
        return reader;
    }

    /**
     * The next entry.
     *
     * @return null if none came in time
     */
    StreamReader.Entry next(Duration patience) {
        return ahead.isEmpty() ? reader.next(patience) : ahead.remove();
    }

    /** Puts an entry back, before all others. */
    void keepFirst(StreamReader.Entry entry) {
        ahead.addFirst(entry);
    }

    /** Decodes a frame; the picture is the caller's to close. */
    Picture decode(EncodedFrame frame) throws FrameCodecException {
        return decoders.computeIfAbsent(
                        frame.format().codec(), codec -> FrameCodecs.decoder(codec, DecoderLimits.DEFAULT))
                .decode(frame.format(), frame.payload());
    }

    void rewind() {
        ahead.clear();
        reader.rewind();
    }

    @Override
    public void close() {
        decoders.values().forEach(FrameDecoder::close);
        decoders.clear();
        reader.close();
    }
}
