package io.kinolift.wire;

import java.time.Duration;

/** What a stream does. The commands and the page show these names, in lower case or in words of their own. */
public enum StreamActivity {
    /** Frames are read that were sent lately. */
    LIVE,
    /** None that was sent lately has been read, and records of its partition wait to be read. */
    BEHIND,
    /** No frames come, and some wait in an open window for the next. */
    IDLE,
    /** No frames come, and none wait. */
    RESTING,
    ENDED;

    /** A stream whose last frame is younger is live. */
    public static final long LIVE_MILLIS = 10_000;

    /** A stream that has not ended counts as open for so long after its last frame; then nobody knows whether it goes on. */
    public static final Duration LONGEST_SILENCE = Duration.ofDays(1);

    /**
     * By the newest account of a stream.
     *
     * @param behindMillis how long ago its last frame that is counted was sent
     * @param unread records that wait on its partition; 0 if a stream of the partition is live, because then they have
     *     just been sent
     */
    public static StreamActivity of(AccountRecord account, long behindMillis, long unread) {
        if (account.ended()) {
            return ENDED;
        }
        if (behindMillis < LIVE_MILLIS) {
            return LIVE;
        }
        if (unread > 0) {
            return BEHIND;
        }
        return account.held() > 0 ? IDLE : RESTING;
    }

    /** Whether frames come, in time or late. */
    public boolean comes() {
        return this == LIVE || this == BEHIND;
    }
}
