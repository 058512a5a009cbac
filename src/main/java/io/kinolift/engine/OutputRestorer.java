package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;

/** Encodes outputs that left long ago, for the sake of those that refer to them. */
record OutputRestorer<R>(WindowJob job, OutputGroups groups, Workers workers) implements OutputRun.Sink<R> {
    @Override
    public void begin() {}

    @Override
    public void made(MadeOutput<R> output) throws FrameCodecException {
        workers.await(workers.submit(() -> {
            output.encode();
            return null;
        }));
    }

    @Override
    public void missing(long output, FrameCodecException failure) {
        groups.miss(job.window());
    }

    @Override
    public void end() {}
}
