package io.kinolift.codec.group;

import io.kinolift.frame.EncodedFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Frames on the way to the first that is wanted, as far as it may refer to them: the group of the last one and the group
 * before. Bounded in bytes; what is too long is given up.
 */
public final class HeldGroups {
    private static final int GROUPS = 2;
    private static final long MOST_BYTES = 1L << 28;

    private final Deque<List<EncodedFrame>> groups = new ArrayDeque<>();
    private long bytes;

    /** The next frame, which is not wanted itself. */
    public void add(EncodedFrame frame) {
        if (frame.keyFrame() || groups.isEmpty()) {
            groups.add(new ArrayList<>());
            if (groups.size() > GROUPS) {
                groups.remove().forEach(old -> bytes -= old.payload().remaining());
            }
        }
        groups.getLast().add(frame);
        bytes += frame.payload().remaining();
        if (bytes > MOST_BYTES) {
            clear();
        }
    }

    /** All of them in order; there are none afterwards. */
    public List<EncodedFrame> take() {
        List<EncodedFrame> all = groups.stream().flatMap(List::stream).toList();
        clear();
        return all;
    }

    /** Forgets all of them. */
    public void clear() {
        groups.clear();
        bytes = 0;
    }
}
