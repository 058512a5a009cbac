package io.kinolift.wire;

import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes rejections as records that fit their topic: a payload that does not fit is left out, its offset stays. */
public final class DeadLetters {
    private static final Wire<DeadLetter> WIRE = new Wire<>(DeadLetter.getClassSchema());
    private static final int MAX_DETAIL = 2000;
    /** The length field of a payload. */
    private static final int LENGTH_BYTES = 5;

    private final int maxRecordBytes;

    public DeadLetters(int maxRecordBytes) {
        this.maxRecordBytes = maxRecordBytes;
    }

    public byte[] write(Rejection rejection) {
        int room = maxRecordBytes - RecordSizes.OVERHEAD - utf8Length(rejection.streamId());
        String detail = shortened(rejection.detail(), MAX_DETAIL);
        byte[] reference = write(rejection, detail, null);
        if (reference.length + LENGTH_BYTES + rejection.value().length <= room) {
            return write(rejection, detail, ByteBuffer.wrap(rejection.value()));
        }
        if (reference.length <= room) {
            return reference;
        }
        // Three bytes of UTF-8 per char at most.
        int detailChars = (utf8Length(detail) - (reference.length - room)) / 3;
        return write(rejection, shortened(detail, Math.max(0, detailChars)), null);
    }

    private static byte[] write(Rejection rejection, String detail, ByteBuffer payload) {
        EncodedFrame frame = rejection.frame();
        return WIRE.write(new DeadLetter(
                rejection.streamId(),
                frame == null ? null : frame.session(),
                frame == null ? null : frame.sequence(),
                frame == null ? null : frame.pts(),
                frame == null ? null : frame.format().codec().name(),
                DeadLetterReason.valueOf(rejection.reason().name()),
                detail,
                rejection.exception(),
                rejection.topic(),
                rejection.partition(),
                rejection.offset(),
                (long) rejection.value().length,
                Sha256.of(rejection.value()),
                payload));
    }

    private static String shortened(String text, int chars) {
        return text.length() > chars ? text.substring(0, chars) : text;
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
