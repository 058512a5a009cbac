package io.kinolift.engine;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.pair.Pair;
import io.kinolift.trace.Telemetry;
import io.kinolift.window.FrameWindow;
import java.util.function.Function;

/**
 * A window in, output frames out. Frames are worked on in parallel by one bounded pool while the caller waits; results
 * come in order. Owns its threads, codecs and pictures. For one caller at a time.
 *
 * <p>After a worker got stuck it is of no more use, and frees nothing: see {@link Workers}.
 *
 * @param <R> the records that outputs are written as
 */
public final class WindowUpscaler<R> implements AutoCloseable {
    private final EngineSettings settings;
    private final Workers workers;
    private final CodecPool codecs;
    private final WindowCache cache;
    private final GroupCache groups;
    private final BoundOperators operators = new BoundOperators();
    private final WindowDecoder decoder;
    private final SceneCuts sceneCuts;
    private final OutputGroups outputGroups;
    private final OutputRun<R> outputs;

    /** @param guard is called around each decoding */
    public WindowUpscaler(EngineSettings settings, OutputWriter<R> writer, Telemetry<?> telemetry, DecodeGuard guard) {
        this.settings = settings;
        PictureAllocator pictures = new AvPictures();
        workers = new Workers(settings.threads(), settings.windowTimeout());
        DecoderLimits limits = new DecoderLimits(settings.limits().maxPixels());
        codecs = new CodecPool(limits);
        groups = new GroupCache(limits, settings.decoderBytes());
        cache = new WindowCache(settings.cacheBytes(), Pair::of);
        decoder = new WindowDecoder(workers, codecs, cache, groups, pictures, telemetry, guard);
        sceneCuts = new SceneCuts(workers);
        outputGroups = new OutputGroups(settings.encoderBytes());
        outputs = new OutputRun<>(
                settings, workers, new OutputMaker<>(pictures, codecs, outputGroups, writer, telemetry));
    }

    /** Receives the results of one window, in order. */
    public interface Results<R> {
        /**
         * An output was made.
         *
         * @param trace the span of its making, as text; null for none
         */
        void output(R output, String trace);

        /**
         * An output was not made.
         *
         * @param surplus whether only because the next segment begins too early for it
         */
        void missing(boolean surplus);

        /**
         * All outputs have been told.
         *
         * @param count inputs settled with them that repeat the picture before, as far as the operator looks for them
         */
        void repeats(long count);

        /**
         * Is told about a frame that cannot be decoded.
         *
         * @param index the core frame that becomes a dead letter, if it was received
         */
        void rejected(long index, FrameCodecException failure);
    }

    /**
     * Upscales a window.
     *
     * @throws IllegalStateException if a task of it fails, or does not end in time, or if one of an earlier window did not
     */
    public void upscale(FrameWindow window, Results<R> results) {
        if (workers.isStuck()) {
            throw new IllegalStateException(
                    "upscale: expected the tasks of earlier windows to have ended, found one that has not");
        }
        StreamPlan plan = settings.plans().of(window.streamId());
        boolean grouped = plan.encoding().group() != null && window.outputFrom() < window.outputTo();
        if (!grouped) {
            work(window, plan, job -> new OutputTeller<>(job, results));
            return;
        }
        if (!outputGroups.continuesWith(window)) {
            restore(window, plan);
        }
        outputGroups.begin(window);
        work(window, plan, job -> new OutputTeller<>(job, results, outputGroups, workers));
        outputGroups.end(window);
    }

    /** Encodes once more what the open group of outputs begins with. */
    private void restore(FrameWindow window, StreamPlan plan) {
        outputGroups.reset(window);
        for (FrameWindow earlier : window.earlierOutputs().windows()) {
            work(earlier, plan, job -> new OutputRestorer<>(job, outputGroups, workers));
        }
    }

    private void work(FrameWindow window, StreamPlan best, Function<WindowJob, OutputRun.Sink<R>> sinks) {
        StreamPlan plan = best.at(window.level());
        DecodedWindow decoded = decoder.decode(window, plan);
        try {
            sceneCuts.find(decoded, plan);
            WindowJob job = WindowJob.of(window, plan, decoded, operators);
            outputs.emit(job, sinks.apply(job));
        } finally {
            if (workers.drain()) {
                cache.keep(window, plan.timeGrid().haloBefore() + 1, decoded);
            }
        }
    }

    /**
     * Frees the pictures of a silent stream, if each can be decoded alone. Those of a group stay while there is room: to
     * get one back, all frames before it in the group have to be decoded.
     */
    public void rest(String streamId) {
        if (!workers.isStuck() && !groups.holds(streamId)) {
            cache.forget(streamId);
        }
    }

    /** Frees all that is kept for a stream. */
    public void forget(String streamId) {
        if (!workers.isStuck()) {
            cache.forget(streamId);
            groups.forget(streamId);
            outputGroups.forget(streamId);
        }
    }

    @Override
    public void close() {
        workers.close();
        if (!workers.isStuck()) {
            codecs.close();
            groups.close();
            outputGroups.close();
            cache.close();
        }
    }
}
