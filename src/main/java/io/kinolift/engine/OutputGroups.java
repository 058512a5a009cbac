package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.group.GroupEncoder;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.window.FrameWindow;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The open groups of outputs, one per stream. They are a cache: one that is gone is made anew from the first output of
 * its group. For one thread at a time.
 */
final class OutputGroups implements AutoCloseable {
    private final long maxBytes;
    /** In order of use. */
    private final Map<String, OpenOutputs> streams = new LinkedHashMap<>(16, 0.75f, true);

    /** @param maxBytes of native memory for encoders that wait for the next window of their stream */
    OutputGroups(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether the outputs of a window can follow, or those before it must be encoded first. */
    boolean continuesWith(FrameWindow window) {
        return of(window).continuesWith(window);
    }

    void reset(FrameWindow window) {
        of(window).reset();
    }

    void begin(FrameWindow window) {
        of(window).begin();
    }

    void end(FrameWindow window) {
        of(window).end(window);
        evict();
    }

    void miss(FrameWindow window) {
        of(window).miss();
    }

    GroupEncoder.Coded encode(WindowJob job, long output, FrameFormat format, Picture picture, int room)
            throws FrameCodecException {
        return of(job.window())
                .encode(
                        output,
                        format,
                        picture,
                        job.plan().encoding(),
                        job.outputs().rate(job.window(), output),
                        room);
    }

    private OpenOutputs of(FrameWindow window) {
        return streams.computeIfAbsent(window.streamId(), _ -> new OpenOutputs());
    }

    /** Frees the encoder of a stream. */
    void forget(String streamId) {
        OpenOutputs open = streams.remove(streamId);
        if (open != null) {
            open.close();
        }
    }

    /** The stream in work keeps its encoder, however large it is. */
    private void evict() {
        long bytes = streams.values().stream().mapToLong(OpenOutputs::bytes).sum();
        Iterator<OpenOutputs> oldest = streams.values().iterator();
        for (int left = streams.size(); bytes > maxBytes && left > 1; left--) {
            OpenOutputs open = oldest.next();
            bytes -= open.bytes();
            oldest.remove();
            open.close();
        }
    }

    @Override
    public void close() {
        streams.values().forEach(OpenOutputs::close);
        streams.clear();
    }
}
