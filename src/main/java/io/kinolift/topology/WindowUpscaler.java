package io.kinolift.topology;

import io.kinolift.codec.AvPictures;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.Operator;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * Decode, operator, encode: a window in, output frames out. Frames are worked on in parallel by one bounded pool while
 * the caller waits; results come in order. Owns its threads, codecs and pictures.
 *
 * <p>An undecodable frame is a barrier: taps stop before it on either side and repeat the edge; outputs that would show
 * it most are left out. A scene cut is a barrier too, at which nothing is left out.
 */
final class WindowUpscaler implements AutoCloseable {
    /** Formats come and go with streams; a bound operator is only tables. */
    private static final int MAX_BOUND = 64;

    private final TopologySettings settings;
    private final Operator operator;
    private final TimeGrid grid;
    private final OutputFrames outputs;
    private final Workers workers;
    private final CodecPool codecs;
    private final PictureAllocator pictures = new AvPictures();
    private final PictureCache cache;
    private final Stages stages;
    private final DecodeGuard guard;
    private final Map<FrameFormat, BoundOperator> bound = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<FrameFormat, BoundOperator> eldest) {
            return size() > MAX_BOUND;
        }
    };

    WindowUpscaler(TopologySettings settings, Operator operator, Stages stages, DecodeGuard guard) {
        this.settings = settings;
        this.operator = operator;
        this.grid = operator.timeGrid();
        this.outputs = new OutputFrames(grid, settings.frameCodec());
        this.workers = new Workers(settings.threads(), settings.windowTimeout());
        this.codecs = new CodecPool(settings);
        this.cache = new PictureCache(settings.pictureCacheBytes());
        this.stages = stages;
        this.guard = guard;
    }

    /** Hears of the results of one window, in order. */
    interface Results {
        /** @param owner the input that the output belongs to */
        void output(EncodedFrame frame, long owner);

        /**
         * An output was not made.
         *
         * @param surplus whether only because the next segment begins too early for it
         */
        void missing(boolean surplus);

        /** @param index the core frame that becomes a dead letter, if it was received */
        void rejected(long index, FrameCodecException failure);
    }

    void upscale(FrameWindow window, Results results) {
        DecodedWindow decoded = decode(window);
        try {
            for (long index = window.coreFrom(); index < window.coreTo(); index++) {
                FrameCodecException failure = decoded.failure(index);
                if (failure != null) {
                    results.rejected(index, failure);
                }
            }
            emit(window, decoded, results);
        } finally {
            workers.drain();
            cache.keep(window, grid.haloBefore() + 1, decoded.pictures());
        }
    }

    /** Frees what is cached for a stream. */
    void forget(String streamId) {
        cache.forget(streamId);
    }

    private DecodedWindow decode(FrameWindow window) {
        DecodedWindow decoded = new DecodedWindow(window, grid);
        Map<Long, Future<Picture>> pending = new LinkedHashMap<>();
        for (long index : decoded.wanted()) {
            Picture cached = cache.take(window.at(index));
            if (cached != null) {
                decoded.put(index, cached);
            } else {
                SourceFrame source = window.at(index);
                pending.put(index, workers.submit(() -> picture(source)));
            }
        }
        pending.forEach((index, future) -> {
            try {
                decoded.put(index, workers.await(future));
            } catch (FrameCodecException e) {
                decoded.fail(index, e);
            }
        });
        decoded.findCuts(settings.sceneCut());
        return decoded;
    }

    private Picture picture(SourceFrame source) throws FrameCodecException {
        if (!source.isFilled() || source.filling().after() == null) {
            return decode(source);
        }
        try (Picture before = decode(source); Picture after = decode(source.filling().after())) {
            return Bridge.between(before, after, source.filling(), settings.sceneCut(), pictures);
        }
    }

    private Picture decode(SourceFrame source) throws FrameCodecException {
        EncodedFrame frame = source.frame();
        long start = System.nanoTime();
        try (DecodeGuard.Passage _ = guard.enter(source)) {
            return codecs.decode(frame.format(), frame.payload());
        } finally {
            stages.decoded(System.nanoTime() - start);
        }
    }

    private void emit(FrameWindow window, DecodedWindow decoded, Results results) {
        BoundOperator bound = bind(window.frame(window.firstIndex()).format());
        int most = settings.limits().outputsAtOnce(bound, 2 * settings.threads());
        // Outputs keep all threads busy unless a window has few of them: then rows of one are shared out.
        long made = Math.max(1, window.outputTo() - window.outputFrom());
        int bands = Math.toIntExact(Math.max(1, Math.min(bound.outputHeight(), settings.threads() / made)));
        Deque<PendingOutput> inFlight = new ArrayDeque<>();
        for (long output = window.outputFrom(); output < window.outputTo(); output++) {
            if (inFlight.size() >= most) {
                finish(window, inFlight.poll(), results);
            }
            long current = output;
            boolean surplus = outputs.isSurplus(window, output);
            inFlight.add(new PendingOutput(output, surplus, surplus || !decoded.isShown(output)
                    ? null : workers.submit(() -> make(window, decoded, bound, current, bands))));
        }
        while (!inFlight.isEmpty()) {
            finish(window, inFlight.poll(), results);
        }
    }

    /** @param frame null for an output that is not made */
    private record PendingOutput(long output, boolean surplus, Future<EncodedFrame> frame) {}

    private EncodedFrame make(
            FrameWindow window, DecodedWindow decoded, BoundOperator bound, long output, int bands)
            throws FrameCodecException {
        try (Picture picture = pictures.allocate(bound.outputFormat(), bound.outputWidth(), bound.outputHeight())) {
            long start = System.nanoTime();
            InputFrames inputs = decoded.inputs(output);
            Bands.run(bands, band -> bound.upscale(output, inputs, picture, band, bands), workers::help);
            long upscaled = System.nanoTime();
            stages.upscaled(upscaled - start);
            FrameFormat format = outputs.format(window.frame(window.firstIndex()).format(), picture);
            byte[] payload = codecs.encode(format, picture,
                    RecordSizes.payloadRoom(settings.maxRecordBytes(), window.streamId()), settings.qualityFloor());
            stages.encoded(System.nanoTime() - upscaled);
            return outputs.frame(window, output, format, payload);
        }
    }

    private void finish(FrameWindow window, PendingOutput pending, Results results) {
        if (pending.frame() == null) {
            results.missing(pending.surplus());
            return;
        }
        long owner = Math.min(grid.owner(pending.output()), window.endIndex() - 1);
        try {
            results.output(workers.await(pending.frame()), owner);
        } catch (FrameCodecException e) {
            results.rejected(owner, e);
            results.missing(false);
        }
    }

    private BoundOperator bind(FrameFormat format) {
        return bound.computeIfAbsent(
                format, f -> operator.bind(f.pixelFormat(), f.width(), f.height(), f.colour()));
    }

    @Override
    public void close() {
        workers.close();
        codecs.close();
        cache.close();
    }
}
