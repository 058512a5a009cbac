package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.window.FrameWindow;

/** Tells the caller what became of a window. */
final class OutputTeller<R> implements OutputRun.Sink<R> {
    private final WindowJob job;
    private final WindowUpscaler.Results<R> results;
    /** Null where each output is encoded alone. */
    private final OutputGroups groups;

    private final Workers workers;

    /** Of outputs that are each encoded alone. */
    OutputTeller(WindowJob job, WindowUpscaler.Results<R> results) {
        this(job, results, null, null);
    }

    /** Of outputs that refer to each other. */
    OutputTeller(WindowJob job, WindowUpscaler.Results<R> results, OutputGroups groups, Workers workers) {
        this.job = job;
        this.results = results;
        this.groups = groups;
        this.workers = workers;
    }

    @Override
    public void begin() {
        FrameWindow window = job.window();
        for (long index = window.coreFrom(); index < window.coreTo(); index++) {
            FrameCodecException failure = job.decoded().failure(index);
            if (failure != null) {
                results.rejected(index, failure);
            }
        }
    }

    @Override
    public void made(MadeOutput<R> output) throws FrameCodecException {
        // Encoding may hang, and a worker is waited for no longer than the time limit.
        R written = groups == null ? output.written() : workers.await(workers.submit(output::written));
        results.output(written, output.trace());
    }

    @Override
    public void missing(long output, FrameCodecException failure) {
        if (groups != null) {
            groups.miss(job.window());
        }
        if (failure != null) {
            results.rejected(job.owner(output), failure);
        }
        results.missing(failure == null && job.isSurplus(output));
    }

    @Override
    public void end() {
        results.repeats(Repeats.count(job));
    }
}
