package io.kinolift.wire;

/** Bytes that are not a record of ours. The message says what was expected and what was found. */
public final class MalformedRecordException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedRecordException(String message) {
        super(message);
    }

    MalformedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
