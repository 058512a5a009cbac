package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.TimeGrid;
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
 * The pictures of a window and the barriers between them: frames that could not be decoded, and scene cuts. Read by
 * several threads once all frames are put and cuts found.
 */
final class DecodedWindow {
    private final FrameWindow window;
    private final TimeGrid grid;
    private final Map<Long, Picture> pictures = new HashMap<>();
    private final Map<Long, FrameCodecException> failures = new HashMap<>();
    /** Inputs before which a new shot begins. */
    private final Set<Long> cuts = new HashSet<>();

    DecodedWindow(FrameWindow window, TimeGrid grid) {
        this.window = window;
        this.grid = grid;
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

    /**
     * Looks for cuts between all inputs that an output blends. Whether there is one depends on the two pictures alone,
     * and both are there wherever taps reach over the place.
     */
    void findCuts(double threshold) {
        if (threshold == Double.POSITIVE_INFINITY) {
            return;
        }
        Map<Long, SceneSignature> signatures = new HashMap<>();
        for (long output = window.outputFrom(); output < window.outputTo(); output++) {
            for (long index = clamp(grid.firstTap(output)) + 1; index <= clamp(grid.lastTap(output)); index++) {
                if (pictures.containsKey(index - 1)
                        && pictures.containsKey(index)
                        && signature(signatures, index - 1).distance(signature(signatures, index)) > threshold) {
                    cuts.add(index);
                }
            }
        }
    }

    private SceneSignature signature(Map<Long, SceneSignature> known, long index) {
        return known.computeIfAbsent(index, i -> SceneSignature.of(pictures.get(i)));
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
        long shown = nearest(output);
        long first = shown;
        long last = shown;
        while (pictures.containsKey(first - 1) && !cuts.contains(first)) {
            first--;
        }
        while (pictures.containsKey(last + 1) && !cuts.contains(last + 1)) {
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
