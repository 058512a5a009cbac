package io.kinolift.topology;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.InputFrames;
import io.kinolift.window.FrameWindow;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The pictures of a window and the barriers between them. Read by several threads once all frames are put. */
final class DecodedWindow {
    private final FrameWindow window;
    private final TimeGrid grid;
    private final Map<Long, Picture> pictures = new HashMap<>();
    private final Map<Long, FrameCodecException> failures = new HashMap<>();

    DecodedWindow(FrameWindow window, TimeGrid grid) {
        this.window = window;
        this.grid = grid;
    }

    /** The inputs that must be decoded: the core, all taps, and what the output before the first one showed. */
    SortedSet<Long> wanted() {
        SortedSet<Long> wanted = new TreeSet<>();
        addRange(wanted, window.coreFrom(), window.coreTo() - 1);
        for (long output = window.outputFrom(); output < window.outputTo(); output++) {
            addRange(wanted, grid.firstTap(output), grid.lastTap(output));
        }
        if (window.outputFrom() > 0 && window.outputTo() > window.outputFrom()) {
            long shown = nearest(window.outputFrom() - 1);
            addRange(wanted, shown, shown);
        }
        return wanted;
    }

    private void addRange(SortedSet<Long> wanted, long first, long last) {
        for (long index = clamp(first); index <= clamp(last); index++) {
            wanted.add(index);
        }
    }

    void put(long index, Picture picture) {
        pictures.put(index, picture);
    }

    void fail(long index, FrameCodecException failure) {
        failures.put(index, failure);
    }

    FrameCodecException failure(long index) {
        return failures.get(index);
    }

    Map<Long, Picture> pictures() {
        return Collections.unmodifiableMap(pictures);
    }

    /** Whether the input that an output shows most of could be decoded. */
    boolean isShown(long output) {
        return !failures.containsKey(nearest(output));
    }

    /** Whether the output before this one is missing. */
    boolean isAfterHole(long output) {
        return output == 0 ? window.afterGap() : !isShown(output - 1);
    }

    /** The inputs an output may see: those between the barriers around the one it shows most of. */
    InputFrames inputs(long output) {
        long shown = nearest(output);
        long first = shown;
        long last = shown;
        while (pictures.containsKey(first - 1)) {
            first--;
        }
        while (pictures.containsKey(last + 1)) {
            last++;
        }
        return new Run(first, last, window.reachesEnd() && last == window.endIndex() - 1, pictures);
    }

    private long nearest(long output) {
        return clamp(grid.nearestInput(output));
    }

    private long clamp(long index) {
        return Math.clamp(index, window.firstIndex(), window.endIndex() - 1);
    }

    private record Run(long first, long last, boolean reachesEnd, Map<Long, Picture> pictures) implements InputFrames {
        @Override
        public Picture at(long index) {
            return pictures.get(index);
        }
    }
}
