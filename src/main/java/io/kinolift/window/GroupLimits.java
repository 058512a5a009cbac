package io.kinolift.window;

/**
 * How long groups of pictures may be: they stay in the store while they are open.
 *
 * @param frames from a key frame to before the next, at least 1
 * @param bytes of their payloads together
 */
public record GroupLimits(int frames, long bytes) {
    public static final GroupLimits DEFAULT = new GroupLimits(600, 1L << 26);
}
