package io.kinolift.engine;

import io.kinolift.frame.Picture;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Decoded pictures and pairs that the next window of a stream will want again, by source. Owns the pictures. Bounded in
 * bytes: the stream that was used longest ago loses all of its own first; they are made again when needed.
 */
final class WindowCache implements AutoCloseable {
    /** A pair on the heap, with its names. */
    private static final long PAIR_BYTES = 256;

    private final long maxBytes;
    private final PairAnalysis analysis;
    /** In order of use. */
    private final Map<String, Kept> streams = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    /** @param pairBytes bytes that its pairs were counted as */
    private record Kept(Map<SourceId, Picture> pictures, Pairs pairs, long pairBytes) {}

    /** @param analysis how a pair is looked at that is not known */
    WindowCache(long maxBytes, PairAnalysis analysis) {
        this.maxBytes = maxBytes;
        this.analysis = analysis;
    }

    /** The picture of a frame, handed over to the caller, or null. */
    Picture take(SourceFrame frame) {
        Kept kept = streams.get(frame.frame().streamId());
        Picture picture =
                kept == null || frame.isFilled() ? null : kept.pictures().remove(SourceId.of(frame));
        bytes -= picture == null ? 0 : bytes(picture);
        return picture;
    }

    /** The pairs of a stream, known and to come; until the next {@link #keep}. */
    Pairs pairs(String streamId) {
        Kept kept = streams.get(streamId);
        return kept == null ? new Pairs(analysis) : kept.pairs();
    }

    /**
     * Takes over the pictures and pairs of a window: keeps those that the next window may want, frees the rest.
     *
     * @param before frames before the next core that it may want
     */
    void keep(FrameWindow window, int before, DecodedWindow decoded) {
        forget(window.streamId());
        long from = window.reachesEnd() ? window.endIndex() : window.coreTo() - before;
        Map<SourceId, Picture> pictures = new HashMap<>();
        decoded.pictures().forEach((index, picture) -> {
            if (index >= from && !window.at(index).isFilled()) {
                pictures.put(SourceId.of(window.at(index)), picture);
                bytes += bytes(picture);
            } else {
                picture.close();
            }
        });
        Pairs pairs = decoded.pairs();
        pairs.retain(sources(window, from));
        long pairBytes = PAIR_BYTES * pairs.count();
        bytes += pairBytes;
        if (!pictures.isEmpty() || pairs.count() > 0) {
            streams.put(window.streamId(), new Kept(pictures, pairs, pairBytes));
        }
        evict();
    }

    /** The frames from an index on, and those on either side of a gap that is filled there. */
    private static Set<SourceId> sources(FrameWindow window, long from) {
        Set<SourceId> sources = new HashSet<>();
        for (long index = Math.max(from, window.firstIndex()); index < window.endIndex(); index++) {
            SourceFrame frame = window.at(index);
            sources.add(SourceId.of(frame));
            if (frame.isFilled() && frame.filling().after() != null) {
                sources.add(SourceId.before(frame));
                sources.add(SourceId.of(frame.filling().after()));
            }
        }
        return sources;
    }

    void forget(String streamId) {
        Kept kept = streams.remove(streamId);
        if (kept != null) {
            free(kept);
        }
    }

    private void evict() {
        for (Iterator<Kept> oldest = streams.values().iterator(); bytes > maxBytes; ) {
            Kept kept = oldest.next();
            oldest.remove();
            free(kept);
        }
    }

    private void free(Kept kept) {
        bytes -= kept.pairBytes();
        kept.pictures().values().forEach(picture -> {
            bytes -= bytes(picture);
            picture.close();
        });
    }

    private static long bytes(Picture picture) {
        return picture.planes().stream()
                .mapToLong(plane -> plane.stride() * plane.height())
                .sum();
    }

    @Override
    public void close() {
        streams.values().forEach(this::free);
        streams.clear();
    }
}
