package io.kinolift.live.cluster;

import io.kinolift.runtime.topics.Backlog;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.StreamActivity;
import org.apache.kafka.common.TopicPartition;

/**
 * A stream by its newest account.
 *
 * @param account of its newest session
 * @param millis when the last input frame that it counts was written
 * @param framesPerSecond sent out, over the last seconds before that; 0 when unknown
 */
public record KnownStream(AccountRecord account, long millis, double framesPerSecond) {
    TopicPartition place() {
        return new TopicPartition(account.topic(), account.partition());
    }

    boolean isLive(long nowMillis) {
        return nowMillis - millis < StreamActivity.LIVE_MILLIS;
    }

    /** @param late what waits on partitions without a live stream */
    StreamActivity state(Backlog late, long nowMillis) {
        return StreamActivity.of(account, nowMillis - millis, late.of(account.topic(), account.partition()));
    }
}
