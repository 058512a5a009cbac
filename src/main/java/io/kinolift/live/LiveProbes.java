package io.kinolift.live;

import io.kinolift.engine.StreamPlans;
import io.kinolift.live.watch.Watching;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.MonitoringSettings;
import io.kinolift.topology.StreamEvent;
import io.kinolift.trace.Probe;
import java.util.Map;

/** What the page hears from the stream threads: each takes references, and none makes them wait. */
public record LiveProbes(
        Viewfinder viewfinder, Watching watching, RecentDeadLetters deadLetters, LastPictures lastPictures) {
    /**
     * Those of one application.
     *
     * @param clientSettings of Kafka clients, for the sound of watched streams
     */
    public static LiveProbes of(KinoliftConfig config, StreamPlans plans, Map<String, String> clientSettings) {
        LastPictures lastPictures = new LastPictures();
        return new LiveProbes(
                new Viewfinder(plans::timeGrid, config.get(MonitoringSettings.LIVE_STREAMS)),
                new Watching(config, new WatchedSound(config, clientSettings), lastPictures::ofEnded),
                new RecentDeadLetters(),
                lastPictures);
    }

    /** All of them. */
    public Probe<StreamEvent> all() {
        return viewfinder.and(watching).and(deadLetters).and(lastPictures);
    }
}
