package io.kinolift.live;

import io.kinolift.live.watch.WatchFigures;
import io.kinolift.metrics.Metrics;

/** What is counted of watching, under its names in the metrics. */
final class WatchMetrics {
    private WatchMetrics() {}

    static void add(Metrics metrics, WatchFigures figures) {
        metrics.gauge(
                "kinolift.watch.watchers", "Clients that get pictures one by one", figures, WatchFigures::watchers);
        metrics.count("kinolift.watch.sent", "Pictures sent to watchers one by one", figures, WatchFigures::sent);
        metrics.count(
                "kinolift.watch.skipped",
                "Pictures that a watcher did not get: too slow for them, or not decodable",
                figures,
                WatchFigures::skipped);
        metrics.count(
                "kinolift.watch.video.encoded",
                "Pictures encoded as video for watchers",
                figures,
                WatchFigures::videoEncoded);
        metrics.count(
                "kinolift.watch.video.dropped",
                "Pictures that the video for watchers lacks: encoder busy, or not decodable",
                figures,
                WatchFigures::videoDropped);
        metrics.count(
                "kinolift.watch.sound.dropped",
                "Packets of sound that the video for watchers lacks: later than their pictures, or in another form",
                figures,
                WatchFigures::videoSoundLeftOut);
    }
}
