package io.kinolift.engine;

import java.time.Duration;

/**
 * Everything the engine needs to know, as plain values.
 *
 * @param plans the plan of each stream
 * @param limits limits of a frame
 * @param threads threads that decode, upscale and encode, of each {@link WindowUpscaler}
 * @param windowTimeout how long one result may take before the caller gives up
 * @param cacheBytes memory for decoded pictures kept between windows
 * @param decoderBytes memory for decoders of inter-coded streams kept between windows
 * @param encoderBytes memory for encoders of outputs that refer to each other, kept between windows
 */
public record EngineSettings(
        StreamPlans plans,
        FrameLimits limits,
        int threads,
        Duration windowTimeout,
        long cacheBytes,
        long decoderBytes,
        long encoderBytes) {}
