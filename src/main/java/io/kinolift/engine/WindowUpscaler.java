package io.kinolift.engine;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.pair.Pair;
import io.kinolift.trace.Telemetry;
import io.kinolift.upscale.Bands;
import io.kinolift.window.FrameWindow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;

/**
 * A window in, output frames out. Frames are worked on in parallel by one bounded pool while the caller waits; results
 * come in order. Owns its threads, codecs and pictures. For one caller at a time.
 *
 * @param <R> the records that outputs are written as
 */
public final class WindowUpscaler<R> implements AutoCloseable {
    private final EngineSettings settings;
    private final Workers workers;
    private final CodecPool codecs;
    private final WindowCache cache;
    private final BoundOperators operators = new BoundOperators();
    private final WindowDecoder decoder;
    private final SceneCuts sceneCuts;
    private final OutputMaker<R> maker;

    /** @param guard is called around each decoding */
    public WindowUpscaler(EngineSettings settings, OutputWriter<R> writer, Telemetry<?> telemetry, DecodeGuard guard) {
        this.settings = settings;
        PictureAllocator pictures = new AvPictures();
        workers = new Workers(settings.threads(), settings.windowTimeout());
        codecs = new CodecPool(new DecoderLimits(settings.limits().maxPixels()));
        cache = new WindowCache(settings.cacheBytes(), Pair::of);
        decoder = new WindowDecoder(workers, codecs, cache, pictures, telemetry, guard);
        sceneCuts = new SceneCuts(workers);
        maker = new OutputMaker<>(pictures, codecs, writer, telemetry);
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

    public void upscale(FrameWindow window, Results<R> results) {
        StreamPlan plan = settings.plans().of(window.streamId());
        DecodedWindow decoded = decoder.decode(window, plan);
        try {
            sceneCuts.find(decoded, plan);
            reject(window, decoded, results);
            WindowJob job = WindowJob.of(window, plan, decoded, operators);
            emit(job, results);
            results.repeats(Repeats.count(job));
        } finally {
            workers.drain();
            cache.keep(window, plan.timeGrid().haloBefore() + 1, decoded);
        }
    }

    /** Frees what is cached for a stream. */
    public void forget(String streamId) {
        cache.forget(streamId);
    }

    private static void reject(FrameWindow window, DecodedWindow decoded, Results<?> results) {
        for (long index = window.coreFrom(); index < window.coreTo(); index++) {
            FrameCodecException failure = decoded.failure(index);
            if (failure != null) {
                results.rejected(index, failure);
            }
        }
    }

    /** As many outputs are made at once as memory allows and threads can use; told in order. */
    private void emit(WindowJob job, Results<R> results) {
        int most = settings.limits().outputsAtOnce(job.operator(), 2 * settings.threads());
        Bands bands = new SharedBands(job.bands(settings.threads()), workers::help);
        Deque<PendingOutput<R>> inFlight = new ArrayDeque<>();
        for (long output = job.window().outputFrom(); output < job.window().outputTo(); output++) {
            if (inFlight.size() >= most) {
                finish(job, inFlight.poll(), results);
            }
            inFlight.add(begin(job, output, bands));
        }
        while (!inFlight.isEmpty()) {
            finish(job, inFlight.poll(), results);
        }
    }

    /** @param made null for an output that is not made */
    private record PendingOutput<R>(long output, Future<OutputMaker.Made<R>> made) {}

    private PendingOutput<R> begin(WindowJob job, long output, Bands bands) {
        return new PendingOutput<>(
                output, job.isMade(output) ? workers.submit(() -> maker.make(job, output, bands)) : null);
    }

    private void finish(WindowJob job, PendingOutput<R> pending, Results<R> results) {
        if (pending.made() == null) {
            results.missing(job.isSurplus(pending.output()));
            return;
        }
        try {
            OutputMaker.Made<R> made = workers.await(pending.made());
            results.output(made.output(), made.trace());
        } catch (FrameCodecException e) {
            results.rejected(job.owner(pending.output()), e);
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
