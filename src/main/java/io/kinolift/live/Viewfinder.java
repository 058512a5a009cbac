package io.kinolift.live;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.TimeGrid;
import io.kinolift.topology.StreamEvent;
import io.kinolift.trace.Probe;
import io.kinolift.window.DecodeOrder;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The latest output of each stream that somebody watches, with the input that it shows most of. Holds references to
 * frames that are in memory anyway: one frame and output per stream, and the current window. Of frames that refer to
 * others, it keeps two groups of each.
 */
public final class Viewfinder implements Probe<StreamEvent> {
    private static final Duration ATTENTION = Duration.ofSeconds(10);

    private final Function<String, TimeGrid> grids;
    private final int maxStreams;
    private final Map<String, View> views = new ConcurrentHashMap<>();

    /**
     * A frame and one of its outputs.
     *
     * @param number grows by one with each frame shown of the stream
     * @param inputs what the frame may refer to
     * @param outputs what the output may refer to
     */
    record Shown(long number, EncodedFrame input, EncodedFrame output, Reel inputs, Reel outputs) {}

    private static final class View {
        private final Reel inputs = new Reel(true);
        private final Reel outputs = new Reel(false);
        volatile long lookedAtNanos;
        volatile FrameWindow window;
        volatile Shown latest;

        /** Reads what has come since the last window. */
        void readInputs(FrameWindow ready) {
            window = ready;
            DecodeOrder order = ready.decodeOrder();
            if (order == null) {
                return;
            }
            EncodedFrame newest = inputs.newest();
            long start = order.start(0);
            boolean goesOn = newest != null
                    && newest.session() == ready.session()
                    && newest.sequence() >= start
                    && newest.sequence() < order.end();
            for (long next = goesOn ? newest.sequence() + 1 : start; next < order.end(); next++) {
                SourceFrame source = order.at(next);
                if (source != null) {
                    inputs.add(source.frame());
                }
            }
        }

        void add(EncodedFrame output) {
            if (output.format().codec().isInterCoded()) {
                outputs.add(output);
            }
        }

        void close() {
            inputs.close();
            outputs.close();
        }
    }

    /** @param grids where the outputs of a stream lie in time */
    public Viewfinder(Function<String, TimeGrid> grids, int maxStreams) {
        this.grids = grids;
        this.maxStreams = maxStreams;
    }

    /**
     * Watches a stream. Pictures are kept from now on, as long as this is called again and again.
     *
     * @return the latest frame and one of its outputs, or null if there is none yet or too many streams are watched
     */
    Shown look(String streamId) {
        long now = System.nanoTime();
        forgetUnwatched(now);
        synchronized (views) {
            if (!views.containsKey(streamId) && views.size() < maxStreams) {
                View view = new View();
                view.lookedAtNanos = now;
                views.put(streamId, view);
            }
        }
        View view = views.get(streamId);
        if (view == null) {
            return null;
        }
        view.lookedAtNanos = now;
        return view.latest;
    }

    @Override
    public void told(StreamEvent event) {
        View view = views.get(event.tally().streamId());
        if (view == null) {
            return;
        }
        if (System.nanoTime() - view.lookedAtNanos > ATTENTION.toNanos()) {
            forgetUnwatched(System.nanoTime());
            return;
        }
        switch (event) {
            case StreamEvent.WindowReady ready -> view.readInputs(ready.window());
            case StreamEvent.FrameUpscaled upscaled -> {
                view.add(upscaled.output().frame());
                pair(view, upscaled.output().frame());
            }
            case StreamEvent.WindowSettled _, StreamEvent.StreamEnded _ -> view.window = null;
            default -> {}
        }
    }

    private void pair(View view, EncodedFrame output) {
        FrameWindow window = view.window;
        if (window == null) {
            return;
        }
        TimeGrid grid = grids.apply(output.streamId());
        long index = output.sequence() - window.segmentOutput();
        long nearest = Math.clamp(grid.nearestInput(index), window.firstIndex(), window.endIndex() - 1);
        long number = view.latest == null ? 1 : view.latest.number() + 1;
        view.latest = new Shown(number, window.frame(nearest), output, view.inputs, view.outputs);
    }

    private void forgetUnwatched(long now) {
        views.values().removeIf(view -> {
            boolean unwatched = now - view.lookedAtNanos > ATTENTION.toNanos();
            if (unwatched) {
                view.close();
            }
            return unwatched;
        });
    }
}
