package io.kinolift.engine;

import io.kinolift.frame.Picture;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decoded pictures that the next window of a stream will want again, by source offset. Owns them. Bounded in bytes: the
 * stream that was used longest ago loses its pictures first; they are decoded again when needed.
 */
final class PictureCache implements AutoCloseable {
    private final long maxBytes;
    /** In order of use. */
    private final Map<String, Map<Source, Picture>> streams = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    PictureCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    private record Source(String topic, int partition, long offset) {
        static Source of(SourceFrame frame) {
            return new Source(frame.topic(), frame.partition(), frame.offset());
        }
    }

    /** The picture of a frame, handed over to the caller, or null. */
    Picture take(SourceFrame frame) {
        Map<Source, Picture> pictures = streams.get(frame.frame().streamId());
        // A frame that was made up bears the offset of the one before the gap.
        Picture picture = pictures == null || frame.isFilled() ? null : pictures.remove(Source.of(frame));
        bytes -= picture == null ? 0 : bytes(picture);
        return picture;
    }

    /**
     * Takes over the pictures of a window: keeps those the next window may want, frees the rest.
     *
     * @param before frames before the next core that it may want
     */
    void keep(FrameWindow window, int before, Map<Long, Picture> pictures) {
        forget(window.streamId());
        Map<Source, Picture> kept = new HashMap<>();
        pictures.forEach((index, picture) -> {
            if (!window.reachesEnd()
                    && index >= window.coreTo() - before
                    && !window.at(index).isFilled()) {
                kept.put(Source.of(window.at(index)), picture);
                bytes += bytes(picture);
            } else {
                picture.close();
            }
        });
        if (!kept.isEmpty()) {
            streams.put(window.streamId(), kept);
        }
        evict();
    }

    void forget(String streamId) {
        Map<Source, Picture> pictures = streams.remove(streamId);
        if (pictures != null) {
            free(pictures);
        }
    }

    private void evict() {
        for (Iterator<Map<Source, Picture>> oldest = streams.values().iterator(); bytes > maxBytes; ) {
            Map<Source, Picture> pictures = oldest.next();
            oldest.remove();
            free(pictures);
        }
    }

    private void free(Map<Source, Picture> pictures) {
        pictures.values().forEach(picture -> {
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
