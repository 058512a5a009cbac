package io.kinolift.engine;

import io.kinolift.codec.AvPictures;
import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.frame.TimeGrid;
import io.kinolift.topology.TopologySettings;
import io.kinolift.trace.StageSpan;
import io.kinolift.trace.Stages;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.Operator;
import io.kinolift.window.FrameWindow;
import io.kinolift.wire.RecordSizes;
import io.kinolift.wire.WrittenFrame;
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
public final class WindowUpscaler implements AutoCloseable {
    /** Formats come and go with streams; a bound operator is only tables. */
    private static final int MAX_BOUND = 64;

    private final TopologySettings settings;
    private final Workers workers;
    private final CodecPool codecs;
    private final PictureAllocator pictures = new AvPictures();
    private final PictureCache cache;
    private final Stages stages;
    private final WindowDecoder decoder;
    private final Map<Binding, BoundOperator> bound = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Binding, BoundOperator> eldest) {
            return size() > MAX_BOUND;
        }
    };

    /** What an operator was made ready for. */
    private record Binding(Operator operator, FrameFormat format) {}

    /** One window with all that its outputs are made of. */
    private record Job(
            FrameWindow window, StreamPlan plan, DecodedWindow decoded, BoundOperator operator, OutputFrames outputs) {
        TimeGrid grid() {
            return plan.timeGrid();
        }

        FrameFormat inputFormat() {
            return window.frame(window.firstIndex()).format();
        }

        /** The input that an output belongs to. */
        long owner(long output) {
            return Math.min(grid().owner(output), window.endIndex() - 1);
        }
    }

    public WindowUpscaler(TopologySettings settings, Stages stages, DecodeGuard guard) {
        this.settings = settings;
        this.workers = new Workers(settings.threads(), settings.windowTimeout());
        this.codecs = new CodecPool(new DecoderLimits(settings.limits().maxPixels()));
        this.cache = new PictureCache(settings.pictureCacheBytes());
        this.stages = stages;
        this.decoder = new WindowDecoder(workers, codecs, cache, pictures, stages, guard);
    }

    /** Hears of the results of one window, in order. */
    public interface Results {
        /**
         * An output was made.
         *
         * @param output one that fits its topic
         * @param trace the span of its making, as text; null for none
         */
        void output(WrittenFrame output, String trace);

        /**
         * An output was not made.
         *
         * @param surplus whether only because the next segment begins too early for it
         */
        void missing(boolean surplus);

        /** @param index the core frame that becomes a dead letter, if it was received */
        void rejected(long index, FrameCodecException failure);
    }

    public void upscale(FrameWindow window, Results results) {
        StreamPlan plan = settings.plans().of(window.streamId());
        DecodedWindow decoded = decoder.decode(window, plan);
        try {
            for (long index = window.coreFrom(); index < window.coreTo(); index++) {
                FrameCodecException failure = decoded.failure(index);
                if (failure != null) {
                    results.rejected(index, failure);
                }
            }
            emit(job(window, decoded, plan), results);
        } finally {
            workers.drain();
            cache.keep(window, plan.timeGrid().haloBefore() + 1, decoded.pictures());
        }
    }

    /** Frees what is cached for a stream. */
    public void forget(String streamId) {
        cache.forget(streamId);
    }

    private Job job(FrameWindow window, DecodedWindow decoded, StreamPlan plan) {
        Operator operator = plan.operator();
        FrameFormat format = window.frame(window.firstIndex()).format();
        BoundOperator ready = bound.computeIfAbsent(
                new Binding(operator, format),
                _ -> operator.bind(format.pixelFormat(), format.width(), format.height(), format.colour()));
        return new Job(
                window,
                plan,
                decoded,
                ready,
                new OutputFrames(plan.timeGrid(), plan.encoding().codec()));
    }

    private void emit(Job job, Results results) {
        FrameWindow window = job.window();
        int most = settings.limits().outputsAtOnce(job.operator(), 2 * settings.threads());
        // Outputs keep all threads busy unless a window has few of them: then rows of one are shared out.
        long made = Math.max(1, window.outputTo() - window.outputFrom());
        int bands = Math.toIntExact(Math.max(1, Math.min(job.operator().outputHeight(), settings.threads() / made)));
        Deque<PendingOutput> inFlight = new ArrayDeque<>();
        for (long output = window.outputFrom(); output < window.outputTo(); output++) {
            if (inFlight.size() >= most) {
                finish(job, inFlight.poll(), results);
            }
            long current = output;
            boolean surplus = job.outputs().isSurplus(window, output);
            inFlight.add(new PendingOutput(
                    output,
                    surplus,
                    surplus || !job.decoded().isShown(output)
                            ? null
                            : workers.submit(() -> make(job, current, bands))));
        }
        while (!inFlight.isEmpty()) {
            finish(job, inFlight.poll(), results);
        }
    }

    /** @param made null for an output that is not made */
    private record PendingOutput(long output, boolean surplus, Future<Made> made) {}

    /** @param trace the span of its making, as text; null for none */
    private record Made(WrittenFrame output, String trace) {}

    private Made make(Job job, long output, int bands) throws FrameCodecException {
        InputFrames inputs = job.decoded().inputs(output);
        StageSpan making = stages.tracing()
                .upscale(
                        job.window(),
                        job.owner(output),
                        Math.clamp(job.grid().firstTap(output), inputs.first(), inputs.last()),
                        Math.clamp(job.grid().lastTap(output), inputs.first(), inputs.last()));
        return making.during(() -> new Made(written(job, output, inputs, bands, making), making.text()));
    }

    private WrittenFrame written(Job job, long output, InputFrames inputs, int bands, StageSpan making)
            throws FrameCodecException {
        BoundOperator operator = job.operator();
        try (Picture picture =
                pictures.allocate(operator.outputFormat(), operator.outputWidth(), operator.outputHeight())) {
            long start = System.nanoTime();
            stages.tracing().part("operator", making).during(() -> {
                operator.upscale(output, inputs, picture, new SharedBands(bands, workers::help));
                return null;
            });
            stages.upscaled(System.nanoTime() - start);
            return fitting(encode(job, output, picture, making));
        }
    }

    /** The record is made while the payload is at hand, so that it is copied once. */
    private WrittenFrame encode(Job job, long output, Picture picture, StageSpan making) throws FrameCodecException {
        long start = System.nanoTime();
        FrameFormat format = job.outputs().format(job.inputFormat(), picture);
        try {
            return stages.tracing()
                    .part("encode", making)
                    .during(() -> codecs.encode(
                            format,
                            picture,
                            job.plan().encoding(),
                            RecordSizes.payloadRoom(
                                    settings.maxRecordBytes(), job.window().streamId()),
                            payload -> WrittenFrame.of(job.outputs().frame(job.window(), output, format, payload))));
        } finally {
            stages.encoded(System.nanoTime() - start);
        }
    }

    /** Decided while the span of its making is open, so that it can say so. */
    private WrittenFrame fitting(WrittenFrame output) throws FrameCodecException {
        int most = settings.maxRecordBytes();
        int bytes = RecordSizes.batchBytes(output.record(), output.frame().streamId());
        if (bytes > most) {
            throw new FrameCodecException(
                    FrameCodecException.Reason.TOO_MANY_BYTES,
                    "expected an output record of at most " + most + " bytes (the topic's max.message.bytes), found "
                            + bytes);
        }
        return output;
    }

    private void finish(Job job, PendingOutput pending, Results results) {
        if (pending.made() == null) {
            results.missing(pending.surplus());
            return;
        }
        long owner = job.owner(pending.output());
        try {
            Made made = workers.await(pending.made());
            results.output(made.output(), made.trace());
        } catch (FrameCodecException e) {
            results.rejected(owner, e);
            results.missing(false);
        }
    }

    @Override
    public void close() {
        workers.close();
        codecs.close();
        cache.close();
    }
}
