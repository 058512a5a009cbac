package io.kinolift.sizing.measure;

import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.WindowingSettings;
import io.kinolift.topology.StreamEvent;
import io.kinolift.trace.Probe;
import java.util.ArrayList;
import java.util.List;

/** Seconds from the beginning to the end of each full window. Windows that were closed early would be too quick. */
final class WindowTimes implements Probe<StreamEvent> {
    private final int full;
    private final ThreadLocal<Long> begun = new ThreadLocal<>();
    private final List<Double> seconds = new ArrayList<>();

    WindowTimes(KinoliftConfig config) {
        full = config.get(WindowingSettings.WINDOW_SIZE);
    }

    @Override
    public void told(StreamEvent event) {
        if (event instanceof StreamEvent.WindowReady ready
                && ready.window().coreTo() - ready.window().coreFrom() == full) {
            begun.set(System.nanoTime());
        } else if (event instanceof StreamEvent.WindowSettled && begun.get() != null) {
            add((System.nanoTime() - begun.get()) / 1e9);
            begun.remove();
        }
    }

    private synchronized void add(double time) {
        seconds.add(time);
    }

    /** Those since the last call. */
    synchronized List<Double> take() {
        List<Double> taken = List.copyOf(seconds);
        seconds.clear();
        return taken;
    }
}
