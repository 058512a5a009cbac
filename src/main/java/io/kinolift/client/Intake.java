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
import java.util.function.Predicate;

/** The frames of a stream in the order of display with a look ahead, and the decoding of one at a time. */
final class Intake implements AutoCloseable {
    private final StreamReader reader;
    private final Map<Codec, FrameDecoder> decoders = new EnumMap<>(Codec.class);
    private final DisplayOrder order = new DisplayOrder();
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
        if (!ahead.isEmpty()) {
            return ahead.remove();
        }
        StreamReader.Entry next = order.next();
        while (next == null) {
            StreamReader.Entry read = reader.next(patience);
            if (read == null) {
                return null;
            }
            order.add(read);
            next = order.next();
        }
        return next;
    }

    /** From here on only frames are decoded that are needed for the first one that is looked for, or come after it. */
    void seek(Predicate<EncodedFrame> reached) {
        if (ahead.isEmpty()) {
            order.seek(reached);
        }
    }

    /** The last frame that was passed on the way to what was looked for; null if none was. */
    EncodedFrame takePassed() {
        return order.takePassed();
    }

    /** Puts an entry back, before all others. */
    void keepFirst(StreamReader.Entry entry) {
        ahead.addFirst(entry);
    }

    /** The picture of a frame, which is the caller's to close; to be asked for once. */
    Picture decode(StreamReader.Picture entry) throws FrameCodecException {
        EncodedFrame frame = entry.frame();
        if (entry.decoded() != null) {
            return entry.decoded();
        }
        return decoders.computeIfAbsent(
                        frame.format().codec(), codec -> FrameCodecs.decoder(codec, DecoderLimits.DEFAULT))
                .decode(frame.format(), frame.payload());
    }

    void rewind() {
        forgetAhead();
        order.clear();
        reader.rewind();
    }

    private void forgetAhead() {
        ahead.forEach(DisplayOrder::free);
        ahead.clear();
    }

    @Override
    public void close() {
        forgetAhead();
        order.close();
        decoders.values().forEach(FrameDecoder::close);
        decoders.clear();
        reader.close();
    }
}
