package io.kinolift.video;

/**
 * What became of a video's packets. FFmpeg decodes what it can without reporting the rest; these counts show it.
 *
 * @param frames pictures decoded
 * @param damagedFrames of those, pictures that the decoder itself calls damaged
 * @param failedPackets packets that gave an error instead of a picture
 * @param promisedFrames how many frames the container says it has; 0 when it does not say
 * @param repairedTimes pictures whose time was missing or not behind the one before, and was made up
 * @param clockJumps places where the container's clock jumped, and ours went on
 * @param truncated whether the input ended before the container said it would, as far as can be told
 */
public record ReadReport(
        long frames,
        long damagedFrames,
        long failedPackets,
        long promisedFrames,
        long repairedTimes,
        long clockJumps,
        boolean truncated) {}
