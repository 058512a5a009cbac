package io.kinolift.codec.group;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts frames without a picture, and keeps the first reason. For one thread at a time. */
public final class LeftOutCount {
    private final Map<LeftOut.Cause, Long> counts = new EnumMap<>(LeftOut.Cause.class);
    private String firstReason;

    /** Counts a frame; one that was only sent again lacks nothing. */
    public void add(LeftOut frame) {
        if (frame.cause() != LeftOut.Cause.REPEATED) {
            add(frame.cause(), frame.reason());
        }
    }

    /** Counts a record that cannot be read as a frame. */
    public void damaged(String reason) {
        add(LeftOut.Cause.DAMAGED, reason);
    }

    private void add(LeftOut.Cause cause, String reason) {
        counts.merge(cause, 1L, Long::sum);
        firstReason = firstReason == null ? reason : firstReason;
    }

    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One line about all of them; empty if there are none. */
    public String remark() {
        if (counts.isEmpty()) {
            return "";
        }
        String each = counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().text())
                .collect(Collectors.joining(", "));
        return "pictures are left out: " + each + " (the first: " + firstReason + ")";
    }
}
