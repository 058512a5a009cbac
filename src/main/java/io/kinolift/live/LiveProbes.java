package io.kinolift.live;

import io.kinolift.engine.StreamPlans;
import io.kinolift.live.watch.Watching;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.MonitoringSettings;
import io.kinolift.topology.StreamEvent;
import io.kinolift.trace.Probe;

/** What the page hears from the stream threads: each takes references, and none makes them wait. */
public record LiveProbes(
        Viewfinder viewfinder, Watching watching, RecentDeadLetters deadLetters, LastPictures lastPictures) {
    public static LiveProbes of(KinoliftConfig config, StreamPlans plans) {
        return new LiveProbes(
                new Viewfinder(plans::timeGrid, config.get(MonitoringSettings.LIVE_STREAMS)),
                new Watching(config),
                new RecentDeadLetters(),
                new LastPictures());
    }

    /** All of them. */
    public Probe<StreamEvent> all() {
        return viewfinder.and(watching).and(deadLetters).and(lastPictures);
    }
}
