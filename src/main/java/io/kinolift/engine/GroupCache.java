package io.kinolift.engine;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.codec.group.GroupDecoder;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * The open decoders of inter-coded streams. As long as windows follow each other, each frame is decoded once; a decoder
 * that is not there is made anew from the key frame on. Bounded in bytes: the stream that was used longest ago loses its
 * decoders first; the one that is in work keeps its own.
 *
 * <p>Each group has a decoder of its own, so that what came before it cannot matter, such as parameter sets that it should
 * have repeated. Frames that are shown before the key frame of their group are decoded with the group before.
 */
final class GroupCache implements AutoCloseable {
    /** Frames that are shown before their key frame need the group before. */
    private static final int GROUPS = 2;

    private final DecoderLimits limits;
    private final long maxBytes;
    /** In order of use. */
    private final Map<String, Groups> streams = new LinkedHashMap<>(16, 0.75f, true);

    /** Those of one stream. */
    private static final class Groups implements AutoCloseable {
        /** In order of use, by their key frames. */
        private final Map<SourceId, OpenGroup> open = new LinkedHashMap<>(4, 0.75f, true);
        /** How many frames H.264 has been seen to hold back. */
        private int delay;

        void put(SourceId start, OpenGroup group) {
            OpenGroup before = open.remove(start);
            if (before != null) {
                before.close();
            }
            Iterator<OpenGroup> eldest = open.values().iterator();
            while (open.size() >= GROUPS) {
                eldest.next().close();
                eldest.remove();
            }
            open.put(start, group);
        }

        /** Keeps what later windows can use: nothing that is shown before a time. */
        void keepFrom(long pts) {
            open.values().removeIf(group -> {
                group.forgetBefore(pts);
                if (!group.isUseful()) {
                    group.close();
                }
                return !group.isUseful();
            });
        }

        long bytes() {
            return open.values().stream().mapToLong(OpenGroup::bytes).sum();
        }

        @Override
        public void close() {
            open.values().forEach(OpenGroup::close);
            open.clear();
        }
    }

    GroupCache(DecoderLimits limits, long maxBytes) {
        this.limits = limits;
        this.maxBytes = maxBytes;
    }

    /**
     * Decodes frames of a window.
     *
     * @param indices in the window, by sequence
     * @param decoded receives the pictures and the failures
     */
    void decode(FrameWindow window, SortedMap<Long, Long> indices, OpenGroup.Sender sender, DecodedWindow decoded) {
        Groups groups = streams.computeIfAbsent(window.streamId(), _ -> new Groups());
        long fromPts = indices.values().stream()
                .mapToLong(index -> window.frame(index).pts())
                .min()
                .orElseThrow();
        for (long index : indices.values()) {
            try {
                decoded.put(index, picture(groups, new Wanted(window, index, fromPts, sender)));
            } catch (FrameCodecException e) {
                decoded.fail(index, e);
            }
        }
        groups.keepFrom(window.frame(window.endIndex() - 1).pts());
        evict();
    }

    /** @param fromPts pictures that are shown earlier are not kept */
    private record Wanted(FrameWindow window, long index, long fromPts, OpenGroup.Sender sender) {
        FrameFormat format() {
            return window.frame(index).format();
        }

        long sequence() {
            return window.frame(index).sequence();
        }

        long start() {
            return window.decodeOrder().start(index - window.firstIndex());
        }

        /** A stream may be on two partitions, and both come here. */
        SourceId startId() {
            SourceFrame frame = window.at(index);
            long offset = window.decodeOrder().startOffset(index - window.firstIndex());
            return new SourceId(frame.topic(), frame.partition(), offset, 0);
        }

        /** Null if no picture comes out. */
        Picture from(OpenGroup group) throws FrameCodecException {
            Picture picture = group.decode(sequence(), fromPts, window.decodeOrder(), window.reachesEnd(), sender);
            FrameCodecException failure = picture == null ? group.failure(sequence()) : null;
            if (failure != null) {
                throw failure;
            }
            return picture;
        }
    }

    /** From the decoder that is open, else from one that holds back as many frames as has been learnt, else as many as may be. */
    private Picture picture(Groups groups, Wanted wanted) throws FrameCodecException {
        OpenGroup known = groups.open.get(wanted.startId());
        OpenGroup group =
                known != null && known.canTell(wanted.sequence()) ? known : opened(groups, wanted, groups.delay);
        Picture picture = wanted.from(group);
        if (picture == null && group.delay() > groups.delay) {
            groups.delay = group.delay();
            picture = wanted.from(opened(groups, wanted, groups.delay));
        }
        if (picture == null) {
            picture = wanted.from(opened(groups, wanted, GroupDecoder.MOST_DELAYED));
        }
        if (picture == null) {
            throw new FrameCodecException(
                    Reason.UNDECODABLE, "expected " + wanted.format() + ", found bytes without a picture");
        }
        return picture;
    }

    private OpenGroup opened(Groups groups, Wanted wanted, int delay) throws FrameCodecException {
        OpenGroup group = new OpenGroup(wanted.format(), wanted.start(), delay, limits);
        groups.put(wanted.startId(), group);
        return group;
    }

    /** Whether decoders of a stream are open. */
    boolean holds(String streamId) {
        return streams.containsKey(streamId);
    }

    /** Frees the decoders of a stream. */
    void forget(String streamId) {
        Groups groups = streams.remove(streamId);
        if (groups != null) {
            groups.close();
        }
    }

    /** The stream in work keeps its decoders, however large they are. */
    private void evict() {
        long bytes = streams.values().stream().mapToLong(Groups::bytes).sum();
        Iterator<Groups> oldest = streams.values().iterator();
        for (int left = streams.size(); bytes > maxBytes && left > 1; left--) {
            Groups groups = oldest.next();
            bytes -= groups.bytes();
            oldest.remove();
            groups.close();
        }
    }

    @Override
    public void close() {
        streams.values().forEach(Groups::close);
        streams.clear();
    }
}
