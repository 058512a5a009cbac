package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.trace.Stages;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;

/** Decodes the frames of a window that are not in the cache, in parallel, and finds the barriers between them. */
final class WindowDecoder {
    private final Workers workers;
    private final CodecPool codecs;
    private final PictureCache cache;
    private final PictureAllocator pictures;
    private final Stages stages;
    private final DecodeGuard guard;

    WindowDecoder(
            Workers workers,
            CodecPool codecs,
            PictureCache cache,
            PictureAllocator pictures,
            Stages stages,
            DecodeGuard guard) {
        this.workers = workers;
        this.codecs = codecs;
        this.cache = cache;
        this.pictures = pictures;
        this.stages = stages;
        this.guard = guard;
    }

    /** @return pictures that are the caller's to free */
    DecodedWindow decode(FrameWindow window, StreamPlan plan) {
        DecodedWindow decoded = new DecodedWindow(window, plan.timeGrid());
        Map<Long, Future<Picture>> pending = new LinkedHashMap<>();
        for (long index : decoded.wanted()) {
            Picture cached = cache.take(window.at(index));
            if (cached != null) {
                decoded.put(index, cached);
            } else {
                SourceFrame source = window.at(index);
                pending.put(index, workers.submit(() -> picture(source, plan.sceneCut())));
            }
        }
        pending.forEach((index, future) -> {
            try {
                decoded.put(index, workers.await(future));
            } catch (FrameCodecException e) {
                decoded.fail(index, e);
            }
        });
        decoded.findCuts(plan.sceneCut());
        return decoded;
    }

    private Picture picture(SourceFrame source, double sceneCut) throws FrameCodecException {
        if (!source.isFilled() || source.filling().after() == null) {
            return decode(source);
        }
        try (Picture before = decode(source);
                Picture after = decode(source.filling().after())) {
            return Bridge.between(before, after, source.filling(), sceneCut, pictures);
        }
    }

    private Picture decode(SourceFrame source) throws FrameCodecException {
        EncodedFrame frame = source.frame();
        long start = System.nanoTime();
        try {
            return stages.tracing().decode(source).during(() -> {
                try (DecodeGuard.Passage _ = guard.enter(source)) {
                    return codecs.decode(frame.format(), frame.payload());
                }
            });
        } finally {
            stages.decoded(System.nanoTime() - start);
        }
    }
}
