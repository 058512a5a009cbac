package io.kinolift.codec.group;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;

/**
 * A frame's picture.
 *
 * @param picture is the taker's to close
 * @param afterBreak whether something is missing between it and the picture before it
 */
public record Shown(EncodedFrame frame, Picture picture, boolean afterBreak) implements Outcome {}
