package io.kinolift.live.cluster;

import io.kinolift.wire.AccountRecord;

/**
 * A stream by its newest account.
 *
 * @param account of its newest session
 * @param millis when the last input frame that it counts was written
 * @param framesPerSecond sent out, over the last seconds before that; 0 when unknown
 */
public record KnownStream(AccountRecord account, long millis, double framesPerSecond) {
    /** A stream whose last frame is younger runs. */
    static final long RUNS_MILLIS = 10_000;

    /** What a stream does; the same words as those of {@code kinolift streams}. */
    public enum State {
        LIVE,
        IDLE,
        RESTING,
        ENDED
    }

    public State state(long nowMillis) {
        if (account.ended()) {
            return State.ENDED;
        }
        if (nowMillis - millis < RUNS_MILLIS) {
            return State.LIVE;
        }
        return account.held() > 0 ? State.IDLE : State.RESTING;
    }
}
