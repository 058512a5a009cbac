package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.trace.Stage;
import io.kinolift.trace.Telemetry;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;

/** Decodes the frames of a window that are not in the cache, in parallel. */
final class WindowDecoder {
    private final Workers workers;
    private final CodecPool codecs;
    private final WindowCache cache;
    private final PictureAllocator pictures;
    private final Telemetry<?> telemetry;
    private final DecodeGuard guard;

    WindowDecoder(
            Workers workers,
            CodecPool codecs,
            WindowCache cache,
            PictureAllocator pictures,
            Telemetry<?> telemetry,
            DecodeGuard guard) {
        this.workers = workers;
        this.codecs = codecs;
        this.cache = cache;
        this.pictures = pictures;
        this.telemetry = telemetry;
        this.guard = guard;
    }

    /**
     * Decodes the frames of a window.
     *
     * @return pictures that are the caller's to free
     */
    DecodedWindow decode(FrameWindow window, StreamPlan plan) {
        DecodedWindow decoded = new DecodedWindow(window, plan.timeGrid(), cache.pairs(window.streamId()));
        Map<Long, Future<Picture>> pending = new LinkedHashMap<>();
        for (long index : decoded.wanted()) {
            SourceFrame source = window.at(index);
            Picture cached = cache.take(source);
            if (cached != null) {
                decoded.put(index, cached);
            } else {
                pending.put(index, workers.submit(() -> picture(source, plan, decoded.pairs())));
            }
        }
        pending.forEach((index, future) -> {
            try {
                decoded.put(index, workers.await(future));
            } catch (FrameCodecException e) {
                decoded.fail(index, e);
            }
        });
        return decoded;
    }

    private Picture picture(SourceFrame source, StreamPlan plan, Pairs pairs) throws FrameCodecException {
        return source.isFilled() && source.filling().after() != null
                ? bridged(source, source.filling().after(), plan, pairs)
                : decode(source);
    }

    private Picture bridged(SourceFrame filled, SourceFrame next, StreamPlan plan, Pairs pairs)
            throws FrameCodecException {
        try (Picture before = decode(filled);
                Picture after = decode(next)) {
            boolean cut =
                    plan.findsCuts() && plan.isCut(pairs.of(SourceId.before(filled), before, SourceId.of(next), after));
            return Bridge.between(before, after, filled.filling(), cut, pictures);
        }
    }

    private Picture decode(SourceFrame source) throws FrameCodecException {
        EncodedFrame frame = source.frame();
        return telemetry.time(Stage.DECODE, source, () -> {
            try (DecodeGuard.Passage _ = guard.enter(source)) {
                return codecs.decode(frame.format(), frame.payload());
            }
        });
    }
}
