package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.upscale.Bands;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;

/** Makes the outputs of a window, as many at once as memory allows and threads can use, and tells of them in order. */
final class OutputRun<R> {
    private final EngineSettings settings;
    private final Workers workers;
    private final OutputMaker<R> maker;

    OutputRun(EngineSettings settings, Workers workers, OutputMaker<R> maker) {
        this.settings = settings;
        this.workers = workers;
        this.maker = maker;
    }

    /** Receives what becomes of a window, outputs in order. */
    interface Sink<R> {
        /** The frames of the window have been decoded. */
        void begin();

        /** The picture has been made; it is the run's to free, when no worker can be at it any more. */
        void made(MadeOutput<R> output) throws FrameCodecException;

        /**
         * There is no output.
         *
         * @param failure why it could not be made or encoded; null if nobody tried
         */
        void missing(long output, FrameCodecException failure);

        /** All outputs have been told. */
        void end();
    }

    /** @param made null for an output that is not made */
    private record Pending<R>(long output, Future<MadeOutput<R>> made) {}

    void emit(WindowJob job, Sink<R> sink) {
        int most = settings.limits().outputsAtOnce(job.operator(), 2 * settings.threads());
        Bands bands = new SharedBands(job.bands(settings.threads()), workers::help);
        Deque<Pending<R>> inFlight = new ArrayDeque<>();
        try {
            sink.begin();
            for (long output = job.window().outputFrom(); output < job.window().outputTo(); output++) {
                if (inFlight.size() >= most) {
                    finish(inFlight, sink);
                }
                inFlight.add(begin(job, output, bands));
            }
            while (!inFlight.isEmpty()) {
                finish(inFlight, sink);
            }
            sink.end();
        } finally {
            if (workers.drain()) {
                inFlight.forEach(OutputRun::free);
            }
        }
    }

    private Pending<R> begin(WindowJob job, long output, Bands bands) {
        return new Pending<>(output, job.isMade(output) ? workers.submit(() -> maker.make(job, output, bands)) : null);
    }

    /** Takes the first one out when it has been told. If that fails, an encoder may still read it: {@link #emit} frees it. */
    private void finish(Deque<Pending<R>> inFlight, Sink<R> sink) {
        tell(inFlight.element(), sink);
        free(inFlight.remove());
    }

    private void tell(Pending<R> pending, Sink<R> sink) {
        if (pending.made() == null) {
            sink.missing(pending.output(), null);
            return;
        }
        try {
            sink.made(workers.await(pending.made()));
        } catch (FrameCodecException e) {
            sink.missing(pending.output(), e);
        }
    }

    /** What nobody will receive any more, and no worker is at. */
    private static void free(Pending<?> pending) {
        if (pending.made() != null && pending.made().state() == Future.State.SUCCESS) {
            ((MadeOutput<?>) pending.made().resultNow()).close();
        }
    }
}
