package io.kinolift.topology;

import io.kinolift.avro.DeadLetter;
import io.kinolift.frame.EncodedFrame;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes rejections as records that fit their topic: a payload that does not fit is left out, its offset stays. */
final class DeadLetters {
    private static final Wire<DeadLetter> WIRE = new Wire<>(DeadLetter.getClassSchema());
    private static final int MAX_DETAIL = 2000;

    private final int maxRecordBytes;

    DeadLetters(int maxRecordBytes) {
        this.maxRecordBytes = maxRecordBytes;
    }

    byte[] write(Rejection rejection) {
        String detail = rejection.detail();
        String shortDetail = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail;
        int besides = 3 * (rejection.streamId().length() * 2 + rejection.topic().length() + shortDetail.length())
                + RecordSizes.OVERHEAD;
        boolean fits = rejection.value().length + besides <= maxRecordBytes;
        EncodedFrame frame = rejection.frame();
        return WIRE.write(new DeadLetter(
                rejection.streamId(),
                frame == null ? null : frame.session(),
                frame == null ? null : frame.sequence(),
                frame == null ? null : frame.pts(),
                frame == null ? null : frame.format().codec().name(),
                rejection.reason(), shortDetail, rejection.topic(), rejection.partition(), rejection.offset(),
                (long) rejection.value().length, sha256(rejection.value()),
                fits ? ByteBuffer.wrap(rejection.value()) : null));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
