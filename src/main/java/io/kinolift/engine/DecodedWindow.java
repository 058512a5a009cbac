package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.TimeGrid;
import io.kinolift.pair.Pair;
import io.kinolift.upscale.InputFrames;
import io.kinolift.window.FrameWindow;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The pictures of a window, its pairs, and its barriers: frames that could not be decoded, and scene cuts. Read by
 * several threads once all frames are put and cuts found.
 */
final class DecodedWindow {
    private final FrameWindow window;
    private final TimeGrid grid;
    private final Pairs pairs;
    private final Map<Long, Picture> pictures = new HashMap<>();
    private final Map<Long, FrameCodecException> failures = new HashMap<>();
    /** Inputs before which a new shot begins. */
    private final Set<Long> cuts = new HashSet<>();

    /** @param pairs those of the stream */
    DecodedWindow(FrameWindow window, TimeGrid grid, Pairs pairs) {
        this.window = window;
        this.grid = grid;
        this.pairs = pairs;
    }

    /** The inputs that must be decoded: the core and all taps. */
    SortedSet<Long> wanted() {
        SortedSet<Long> wanted = new TreeSet<>();
        addRange(wanted, window.coreFrom(), window.coreTo() - 1);
        for (long output = window.outputFrom(); output < window.outputTo(); output++) {
            addRange(wanted, grid.firstTap(output), grid.lastTap(output));
        }
        return wanted;
    }

    private void addRange(SortedSet<Long> indices, long first, long last) {
        for (long index = clamp(first); index <= clamp(last); index++) {
            indices.add(index);
        }
    }

    void put(long index, Picture picture) {
        pictures.put(index, picture);
    }

    void fail(long index, FrameCodecException failure) {
        failures.put(index, failure);
    }

    /** A new shot begins with this input. */
    void cutBefore(long index) {
        cuts.add(index);
    }

    /** All inputs that an output blends with the next one, where both were decoded. */
    SortedSet<Long> blendedWithNext() {
        SortedSet<Long> firsts = new TreeSet<>();
        for (long output = window.outputFrom(); output < window.outputTo(); output++) {
            addRange(firsts, grid.firstTap(output), clamp(grid.lastTap(output)) - 1);
        }
        firsts.removeIf(index -> !pictures.containsKey(index) || !pictures.containsKey(index + 1));
        return firsts;
    }

    /** The pair of an input and the next one, both decoded. For any thread. */
    Pair pair(long index) {
        return pairs.of(
                SourceId.of(window.at(index)),
                pictures.get(index),
                SourceId.of(window.at(index + 1)),
                pictures.get(index + 1));
    }

    /** How much one input differs from another, both decoded. For any thread. */
    int change(long before, long after) {
        return pairs.change(
                SourceId.of(window.at(before)),
                pictures.get(before),
                SourceId.of(window.at(after)),
                pictures.get(after));
    }

    Pairs pairs() {
        return pairs;
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

    /** The inputs an output may see: those between the barriers around the one it shows most of. */
    InputFrames inputs(long output) {
        return around(nearest(output));
    }

    /** The inputs between the barriers around one that was decoded. */
    InputFrames around(long input) {
        long first = input;
        long last = input;
        while (pictures.containsKey(first - 1) && !cuts.contains(first)) {
            first--;
        }
        while (pictures.containsKey(last + 1) && !cuts.contains(last + 1)) {
            last++;
        }
        return new Run(first, last, window.reachesEnd() && last == window.endIndex() - 1, this);
    }

    boolean isDecoded(long input) {
        return pictures.containsKey(input);
    }

    private long nearest(long output) {
        return clamp(grid.nearestInput(output));
    }

    private long clamp(long index) {
        return Math.clamp(index, window.firstIndex(), window.endIndex() - 1);
    }

    private record Run(long first, long last, boolean reachesEnd, DecodedWindow window) implements InputFrames {
        @Override
        public Picture at(long index) {
            return window.pictures.get(index);
        }

        @Override
        public Pair pair(long index) {
            return window.pair(index);
        }

        @Override
        public int change(long before, long after) {
            return window.change(before, after);
        }
    }
}
