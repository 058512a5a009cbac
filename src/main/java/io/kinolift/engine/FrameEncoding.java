package io.kinolift.engine;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.frame.Codec;

/**
 * How output frames are encoded.
 *
 * @param qualityFloor the qscale down to which an output too large for its topic is encoded again
 */
public record FrameEncoding(Codec codec, EncoderSettings settings, int qualityFloor) {}
