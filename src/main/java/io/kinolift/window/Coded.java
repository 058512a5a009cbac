package io.kinolift.window;

/**
 * Where an inter-coded frame is in the order of decoding.
 *
 * @param sequence its own
 * @param start of the key frame that its decoding begins with
 * @param startOffset of that key frame's record; sequences begin anew with a run, offsets do not
 * @param until when the next frame is shown; its pts if its duration is unknown
 */
record Coded(long sequence, long start, long startOffset, long until) {}
