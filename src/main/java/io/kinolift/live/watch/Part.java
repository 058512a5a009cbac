package io.kinolift.live.watch;

/**
 * The least that is given out of a stream: one fragment of MP4.
 *
 * @param independent whether it begins with a key frame
 */
record Part(byte[] bytes, double seconds, boolean independent) {}
