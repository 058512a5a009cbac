package io.kinolift.live.watch;

import java.util.ArrayList;
import java.util.List;

/**
 * Parts from one key frame to before the next. Only {@link Timeline} changes it, under its lock.
 *
 * @param number media sequence number
 * @param run number of the run, whose header its parts need
 * @param startMillis wall-clock time when its first picture was taken, since the epoch
 * @param parts grows until the next segment begins
 */
record Segment(long number, long run, long startMillis, List<Part> parts) {
    Segment(long number, long run, long startMillis) {
        this(number, run, startMillis, new ArrayList<>());
    }

    double seconds() {
        return parts.stream().mapToDouble(Part::seconds).sum();
    }

    long size() {
        return parts.stream().mapToLong(part -> part.bytes().length).sum();
    }

    /** All its parts, one behind the other. */
    byte[] bytes() {
        byte[] all = new byte[Math.toIntExact(size())];
        int at = 0;
        for (Part part : parts) {
            System.arraycopy(part.bytes(), 0, all, at, part.bytes().length);
            at += part.bytes().length;
        }
        return all;
    }
}
