package io.kinolift.wire;

import io.kinolift.avro.DeadLetterReason;
import io.kinolift.codec.FrameCodecException;

/** From the codec's reasons to those of the dead-letter record. */
public final class DeadLetterReasons {
    private DeadLetterReasons() {}

    public static DeadLetterReason of(FrameCodecException failure) {
        return switch (failure.reason()) {
            case UNDECODABLE -> DeadLetterReason.UNDECODABLE;
            case WRONG_FORMAT -> DeadLetterReason.WRONG_FORMAT;
            case TOO_LARGE -> DeadLetterReason.LIMIT_EXCEEDED;
            case UNSUPPORTED -> DeadLetterReason.UNSUPPORTED;
            case KILLED_DECODER -> DeadLetterReason.KILLED_DECODER;
            case TOO_MANY_BYTES -> DeadLetterReason.OUTPUT_TOO_LARGE;
            case ENCODER_FAILED -> DeadLetterReason.ENCODER_FAILED;
        };
    }
}
