package io.kinolift.live.watch;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A media playlist of RFC 8216bis with low-latency parts.
 *
 * @param segments at least one; all complete but the last, which may be without parts
 * @param partTarget seconds that a part has at most
 * @param segmentTarget seconds that a segment has at most
 * @param holdBack seconds that a player should stay behind the newest picture
 * @param ended whether the last segment is complete and no other will come
 */
record Playlist(List<Segment> segments, double partTarget, double segmentTarget, double holdBack, boolean ended) {
    static final String TYPE = "application/vnd.apple.mpegurl";
    /** Of RFC 8216bis: parts are listed this many target durations back from the end. */
    private static final int PARTS_KEPT = 3;

    /** The text that players read. Addresses are relative to its own. */
    String text() {
        Segment first = segments.getFirst();
        Segment open = segments.getLast();
        long target = targetDuration();
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:9\n");
        line(text, "#EXT-X-TARGETDURATION:" + target);
        line(
                text,
                "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK="
                        + decimal(Math.max(holdBack, 3 * partTarget)) + ",HOLD-BACK=" + decimal(3.0 * target));
        line(text, "#EXT-X-PART-INF:PART-TARGET=" + decimal(partTarget));
        line(text, "#EXT-X-MEDIA-SEQUENCE:" + first.number());
        line(text, "#EXT-X-DISCONTINUITY-SEQUENCE:" + first.run());
        line(text, "#EXT-X-INDEPENDENT-SEGMENTS");
        double toEnd = segments.stream().mapToDouble(Segment::seconds).sum();
        long run = -1;
        for (Segment segment : segments) {
            boolean complete = segment.number() != open.number() || ended;
            if (complete || !segment.parts().isEmpty()) {
                begin(text, segment, run);
                run = segment.run();
            }
            if (toEnd <= PARTS_KEPT * target) {
                parts(text, segment);
            }
            toEnd -= segment.seconds();
            if (complete) {
                line(text, "#EXTINF:" + decimal(segment.seconds()) + ",");
                line(text, segmentName(segment.number()));
            }
        }
        String hint = partName(open.number(), open.parts().size());
        line(text, ended ? "#EXT-X-ENDLIST" : "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"" + hint + "\"");
        return text.toString();
    }

    /** @param before run of the segment listed before; -1 for none */
    private static void begin(StringBuilder text, Segment segment, long before) {
        if (segment.run() != before) {
            if (before >= 0) {
                line(text, "#EXT-X-DISCONTINUITY");
            }
            line(text, "#EXT-X-MAP:URI=\"" + initName(segment.run()) + "\"");
        }
        line(text, "#EXT-X-PROGRAM-DATE-TIME:" + Instant.ofEpochMilli(segment.startMillis()));
    }

    private static void parts(StringBuilder text, Segment segment) {
        for (int i = 0; i < segment.parts().size(); i++) {
            Part part = segment.parts().get(i);
            String address = "URI=\"" + partName(segment.number(), i) + "\"";
            line(
                    text,
                    "#EXT-X-PART:DURATION=" + decimal(part.seconds()) + "," + address
                            + (part.independent() ? ",INDEPENDENT=YES" : ""));
        }
    }

    /** Seconds; no segment is longer when rounded. */
    long targetDuration() {
        return Math.max(1, Math.round(Math.ceil(segmentTarget - 1e-6)));
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    private static String decimal(double seconds) {
        return String.format(Locale.ROOT, "%.5f", seconds);
    }

    static String initName(long run) {
        return "init-" + run + ".mp4";
    }

    static String segmentName(long number) {
        return number + ".m4s";
    }

    static String partName(long number, int index) {
        return number + "-" + index + ".m4s";
    }
}
