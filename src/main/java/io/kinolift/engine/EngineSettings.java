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
 */
public record EngineSettings(
        StreamPlans plans, FrameLimits limits, int threads, Duration windowTimeout, long cacheBytes) {}
