package io.kinolift.topology;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.frame.Codec;
import io.kinolift.registry.SchemaRegistry;
import io.kinolift.window.WindowSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything the topology needs to know, as plain values.
 *
 * @param topics names of the four topics
 * @param fingerprint hash of every setting that shapes output
 * @param frameCodec how output frames are encoded
 * @param maxRecordBytes the largest record the output and dead-letter topics take, key and value
 * @param idleTimeout how long a stream may be silent before outputs that are already final leave
 * @param retention how long the row of an ended stream is kept
 * @param windowTimeout how long one window may take before the stream thread gives up
 * @param threads threads that decode, upscale and encode, shared by all stream threads
 * @param pictureCacheBytes native memory for decoded pictures kept between windows
 * @param registry where schemas are; without one, records carry the fingerprint of theirs
 */
public record TopologySettings(
        TopicNames topics,
        WindowSettings windows,
        FrameLimits limits,
        String fingerprint,
        Codec frameCodec,
        EncoderSettings encoder,
        int maxRecordBytes,
        Duration idleTimeout,
        Duration retention,
        Duration windowTimeout,
        int threads,
        long pictureCacheBytes,
        Optional<SchemaRegistry> registry) {
    /** Names of the topics. */
    public record TopicNames(String frames, String upscaled, String deadLetters, String accounts) {
        public static final TopicNames DEFAULT = new TopicNames(
                "kinolift.frames", "kinolift.upscaled", "kinolift.dead-letters", "kinolift.accounts");
    }
}
