package io.kinolift.client;

import io.kinolift.avro.Totals;
import java.util.Map;

/** The end of a session as a grabber's metadata: the number of frames and the application's counts. */
final class EndMetadata {
    private EndMetadata() {}

    /** Puts the counts in place of those of an earlier session. */
    static void put(Map<String, String> metadata, StreamReader.End end) {
        metadata.clear();
        metadata.put("frames", Long.toString(end.frames()));
        Totals totals = end.totals();
        if (totals != null) {
            metadata.put("received", Long.toString(totals.getReceived()));
            metadata.put("upscaled", Long.toString(totals.getUpscaled()));
            metadata.put("deadLettered", Long.toString(totals.getDeadLettered()));
            metadata.put("held", Long.toString(totals.getHeld()));
            metadata.put("filled", Long.toString(totals.getFilled()));
            metadata.put("emitted", Long.toString(totals.getEmitted()));
            totals.getDropped().forEach((policy, count) -> metadata.put("dropped." + policy, Long.toString(count)));
        }
    }
}
