package io.kinolift.live;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.topology.StreamEvent;
import io.kinolift.trace.Probe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last output of each stream, so that one that has ended still has a picture. Of outputs that refer to others, those
 * since the last key frame. Bounded in bytes, once for streams that run and once for those that have ended; beyond that,
 * the streams go that sent least recently.
 */
public final class LastPictures implements Probe<StreamEvent> {
    private static final long MOST_BYTES = 32L << 20;
    private static final long MOST_BYTES_OF_ONE = 16L << 20;

    private final Shelf running = new Shelf(MOST_BYTES);
    private final Shelf ended = new Shelf(MOST_BYTES);

    /** Streams in the order of their last output. */
    private static final class Shelf {
        private final long mostBytes;
        private final Map<String, Group> groups = new LinkedHashMap<>(16, 0.75f, true);
        private long bytes;

        Shelf(long mostBytes) {
            this.mostBytes = mostBytes;
        }

        Group remove(String stream) {
            Group group = groups.remove(stream);
            bytes -= group == null ? 0 : group.bytes;
            return group;
        }

        void put(String stream, Group group) {
            bytes += group.bytes;
            groups.put(stream, group);
            while (bytes > mostBytes) {
                remove(groups.keySet().iterator().next());
            }
        }
    }

    /** The last output, and those before it that it may refer to. */
    private static final class Group {
        private final List<EncodedFrame> frames = new ArrayList<>();
        private long bytes;

        void add(EncodedFrame frame) {
            boolean standsAlone = !frame.format().codec().isInterCoded() || frame.keyFrame();
            if (standsAlone) {
                clear();
            }
            if (standsAlone || !frames.isEmpty()) {
                frames.add(frame);
                bytes += frame.payload().remaining();
            }
            if (bytes > MOST_BYTES_OF_ONE) {
                clear();
            }
        }

        private void clear() {
            frames.clear();
            bytes = 0;
        }
    }

    @Override
    public void told(StreamEvent event) {
        switch (event) {
            case StreamEvent.FrameUpscaled upscaled -> add(upscaled.output().frame());
            case StreamEvent.StreamEnded end -> end(end.tally().streamId());
            case StreamEvent.StreamExpired expired -> forget(expired.tally().streamId());
            default -> {}
        }
    }

    private synchronized void add(EncodedFrame frame) {
        String stream = frame.streamId();
        ended.remove(stream);
        Group before = running.remove(stream);
        Group group = before == null ? new Group() : before;
        group.add(frame);
        running.put(stream, group);
    }

    private synchronized void end(String stream) {
        Group group = running.remove(stream);
        if (group != null) {
            ended.put(stream, group);
        }
    }

    private synchronized void forget(String stream) {
        running.remove(stream);
        ended.remove(stream);
    }

    /** The last output and what it refers to, in the order of decoding; empty if nothing is kept. */
    private synchronized List<EncodedFrame> frames(String stream) {
        Group group = ended.groups.containsKey(stream) ? ended.groups.get(stream) : running.groups.get(stream);
        return group == null ? List.of() : List.copyOf(group.frames);
    }

    /** The last output of a stream that has ended, and what it refers to, in the order of decoding. */
    synchronized List<EncodedFrame> ofEnded(String stream) {
        Group group = ended.groups.get(stream);
        return group == null ? List.of() : List.copyOf(group.frames);
    }

    /** The last picture of a stream, decoded by whoever asks; nothing if none is kept. */
    Viewable picture(String stream) throws FrameCodecException {
        List<EncodedFrame> frames = frames(stream);
        if (frames.isEmpty()) {
            return Viewable.NOTHING;
        }
        EncodedFrame last = frames.getLast();
        if (!last.format().codec().isInterCoded()) {
            return Viewable.of(last);
        }
        try (Reel reel = new Reel(false)) {
            frames.forEach(reel::add);
            return Viewable.of(last, reel);
        }
    }
}
