package io.kinolift.client;

import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Rational;

/**
 * Where a grabbed frame comes from: {@code Frame.opaque} of {@link KafkaFrameGrabber}'s frames.
 *
 * @param streamId the key of its record
 * @param session the producer's run
 * @param sequence its number within the session
 * @param pts start of display in units of {@code timeBase}; {@code Frame.timestamp} is the same in microseconds
 * @param timeBase seconds per unit
 * @param discontinuity whether something is missing or cut just before this frame, or a session begins
 * @param format of the record: codec, pixel format, size, shape of samples, colour
 * @param pixelFormat FFmpeg's number of the layout that {@code Frame.image} has
 */
public record FrameOrigin(
        String streamId,
        long session,
        long sequence,
        long pts,
        Rational timeBase,
        boolean discontinuity,
        FrameFormat format,
        int pixelFormat) {}
