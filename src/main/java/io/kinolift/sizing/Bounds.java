package io.kinolift.sizing;

import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.LimitSettings;
import io.kinolift.settings.Plans;

/**
 * What the settings of a job allow an instance, and what they make it ask for at its start.
 *
 * @param haloAfter frames behind a window that its outputs need
 * @param maxStreams of a partition; beyond so many, the one that was silent for longest rests
 * @param encoderBytes of a partition, for encoders that are kept; 0 if outputs have none
 * @param nativeBytes for pictures of each stream thread
 * @param cacheBytes of each partition: pictures, decoders and encoders that are kept
 */
public record Bounds(int haloAfter, int maxStreams, long encoderBytes, long nativeBytes, long cacheBytes) {
    /**
     * The bounds of a job.
     *
     * @throws RuntimeException naming the setting, for values that do not go together or a file that cannot be used
     */
    public static Bounds of(Job job) {
        KinoliftConfig config = new KinoliftConfig(job.all());
        long encoders = job.outputCodec().isInterCoded() ? config.get(LimitSettings.ENCODER_CACHE_BYTES) : 0;
        return new Bounds(
                Plans.operator(config).timeGrid().haloAfter(),
                config.get(LimitSettings.MAX_STREAMS),
                encoders,
                config.get(LimitSettings.NATIVE_MEMORY),
                config.get(LimitSettings.PICTURE_CACHE_BYTES)
                        + config.get(LimitSettings.DECODER_CACHE_BYTES)
                        + encoders);
    }
}
