package io.kinolift.codec;

/**
 * Counts of a video's packets and pictures. FFmpeg skips what it cannot decode and does not report it; these counts do.
 *
 * @param frames pictures decoded
 * @param damagedFrames of those, pictures that the decoder itself calls damaged
 * @param failedPackets packets that gave an error instead of a picture
 * @param promisedFrames how many frames the container says it has; 0 when it does not say
 * @param truncated whether the input ended before the end that the container states, as far as known
 */
public record ReadReport(long frames, long damagedFrames, long failedPackets, long promisedFrames, boolean truncated) {}
