package io.kinolift.transfer;

/** A place cannot be used, such as a full disk or a folder that may not be written to: neither video nor program is wrong. */
public final class UnusablePlaceException extends TransferException {
    private static final long serialVersionUID = 1;

    public UnusablePlaceException(String message) {
        super(message);
    }

    public UnusablePlaceException(String message, Throwable cause) {
        super(message, cause);
    }
}
