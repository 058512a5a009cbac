package io.kinolift.wire;

/** Bytes that are not a record of ours. The message says what was expected and what was found. */
public final class MalformedRecordException extends Exception {
    private static final long serialVersionUID = 1;

    private final Rejection.Reason reason;

    private MalformedRecordException(Rejection.Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The bytes are not one whole record. */
    public static MalformedRecordException unparseable(String message) {
        return unparseable(message, null);
    }

    public static MalformedRecordException unparseable(String message, Throwable cause) {
        return new MalformedRecordException(Rejection.Reason.UNPARSEABLE, message, cause);
    }

    /** A field or header says something that cannot be. */
    public static MalformedRecordException invalid(String message) {
        return new MalformedRecordException(Rejection.Reason.INVALID_HEADER, message, null);
    }

    /** It is a picture, of a kind that is not read. */
    public static MalformedRecordException unsupported(String message) {
        return new MalformedRecordException(Rejection.Reason.UNSUPPORTED, message, null);
    }

    /** It is larger than a limit. */
    public static MalformedRecordException tooLarge(String message) {
        return new MalformedRecordException(Rejection.Reason.LIMIT_EXCEEDED, message, null);
    }

    /** What a dead letter of the record says. */
    public Rejection.Reason reason() {
        return reason;
    }
}
