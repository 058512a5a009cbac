package io.kinolift.engine;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import java.util.List;

/**
 * How output frames are encoded.
 *
 * @param codecs those that outputs may have, at least one; the first ones are preferred
 * @param qualityFloor the qscale down to which an output too large for its topic is encoded again
 */
public record FrameEncoding(List<Codec> codecs, EncoderSettings settings, int qualityFloor) {
    public FrameEncoding {
        codecs = List.copyOf(codecs);
    }

    /**
     * The codec for outputs of frames of a format: their own if it may be had and holds the format, else the first that
     * holds it, one without loss for frames without; else the first.
     */
    public Codec codec(FrameFormat input) {
        List<Codec> fit = codecs.stream()
                .filter(codec -> FrameCodecs.supported(codec).contains(input.pixelFormat()))
                .toList();
        if (fit.contains(input.codec())) {
            return input.codec();
        }
        return fit.stream()
                .filter(codec -> codec.isLossless() || !input.codec().isLossless())
                .findFirst()
                .or(() -> fit.stream().findFirst())
                .orElse(codecs.getFirst());
    }
}
