package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.group.GroupDecoder;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.trace.Stage;
import io.kinolift.trace.Telemetry;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;

/** Decodes the frames of a window that are not in the cache, in parallel. */
final class WindowDecoder {
    private final Workers workers;
    private final CodecPool codecs;
    private final WindowCache cache;
    private final GroupCache groups;
    private final PictureAllocator pictures;
    private final Telemetry<?> telemetry;
    private final DecodeGuard guard;

    WindowDecoder(
            Workers workers,
            CodecPool codecs,
            WindowCache cache,
            GroupCache groups,
            PictureAllocator pictures,
            Telemetry<?> telemetry,
            DecodeGuard guard) {
        this.workers = workers;
        this.codecs = codecs;
        this.cache = cache;
        this.groups = groups;
        this.pictures = pictures;
        this.telemetry = telemetry;
        this.guard = guard;
    }

    /**
     * Decodes the frames of a window.
     *
     * @return pictures that are the caller's to free
     * @throws IllegalStateException if a task fails, or does not end in time; there is nothing to free then
     */
    DecodedWindow decode(FrameWindow window, StreamPlan plan) {
        DecodedWindow decoded = new DecodedWindow(window, plan.timeGrid(), cache.pairs(window.streamId()));
        Map<Long, Future<Picture>> pending = new LinkedHashMap<>();
        try {
            List<Long> missing = takeCached(window, decoded);
            if (window.decodeOrder() == null) {
                decodeAlone(missing, window, plan, decoded, pending);
            } else if (!missing.isEmpty()) {
                decodeInOrder(missing, window, decoded);
            }
            return decoded;
        } catch (RuntimeException | Error e) {
            if (workers.drain()) {
                free(decoded, pending);
            }
            throw e;
        }
    }

    /** @return the inputs that are not in the cache */
    private List<Long> takeCached(FrameWindow window, DecodedWindow decoded) {
        List<Long> missing = new ArrayList<>();
        for (long index : decoded.wanted()) {
            Picture cached = cache.take(window.at(index));
            if (cached != null) {
                decoded.put(index, cached);
            } else {
                missing.add(index);
            }
        }
        return missing;
    }

    /** Frees every picture once, told or not. */
    private static void free(DecodedWindow decoded, Map<Long, Future<Picture>> pending) {
        pending.forEach((index, future) -> {
            if (future.state() == Future.State.SUCCESS) {
                decoded.put(index, future.resultNow());
            }
        });
        decoded.pictures().values().forEach(Picture::close);
    }

    /** @param pending receives what is under way */
    private void decodeAlone(
            List<Long> indices,
            FrameWindow window,
            StreamPlan plan,
            DecodedWindow decoded,
            Map<Long, Future<Picture>> pending) {
        for (long index : indices) {
            pending.put(index, workers.submit(() -> picture(window.at(index), plan, decoded.pairs())));
        }
        pending.forEach((index, future) -> {
            try {
                decoded.put(index, workers.await(future));
            } catch (FrameCodecException e) {
                decoded.fail(index, e);
            }
        });
    }

    /** One thread, because each frame may refer to the one before it. */
    private void decodeInOrder(List<Long> indices, FrameWindow window, DecodedWindow decoded) {
        SortedMap<Long, Long> bySequence = new TreeMap<>();
        indices.forEach(index -> bySequence.put(window.frame(index).sequence(), index));
        try {
            workers.await(workers.submit(() -> {
                groups.decode(window, bySequence, this::send, decoded);
                return null;
            }));
        } catch (FrameCodecException e) {
            throw new IllegalStateException("expected a failure to be told with its frame", e);
        }
    }

    private void send(GroupDecoder decoder, SourceFrame source) throws FrameCodecException {
        telemetry.time(Stage.DECODE, source, () -> {
            try (DecodeGuard.Passage _ = guard.enter(source)) {
                decoder.send(source.frame().sequence(), source.frame().payload());
            }
            return null;
        });
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
