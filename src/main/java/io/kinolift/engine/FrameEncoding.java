package io.kinolift.engine;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.group.GroupEncoders;
import io.kinolift.codec.group.GroupEncoding;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import java.util.List;

/**
 * How output frames are encoded.
 *
 * @param codecs those that outputs may have, at least one; the first ones are preferred
 * @param qualityFloor the qscale down to which an output too large for its topic is encoded again
 * @param group how outputs refer to each other, where the only codec is inter-coded; null where each is encoded alone
 */
public record FrameEncoding(List<Codec> codecs, EncoderSettings settings, int qualityFloor, GroupEncoding group) {
    public FrameEncoding {
        codecs = List.copyOf(codecs);
    }

    /** Of frames that are each encoded alone. */
    public FrameEncoding(List<Codec> codecs, EncoderSettings settings, int qualityFloor) {
        this(codecs, settings, qualityFloor, null);
    }

    /** How many outputs may refer to each other; 1 if none do. */
    public int groupFrames() {
        return group == null ? 1 : group.frames();
    }

    /** How groups are encoded: one encoder must not go on where another one, or another version, began. */
    public String fingerprint() {
        return codecs + " " + group + " " + settings + " " + qualityFloor + " FFmpeg " + Ffmpeg.version();
    }

    /**
     * Checks that the outputs of frames of a format can be encoded.
     *
     * @throws FrameCodecException if not; the message names the formats that can
     */
    public void requireSupported(FrameFormat input) throws FrameCodecException {
        if (group == null) {
            FrameCodecs.requireSupported(codec(input), input.pixelFormat());
        } else {
            GroupEncoders.requireSupported(group.encoder(), input.pixelFormat());
        }
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
