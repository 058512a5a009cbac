package io.kinolift.transfer;

/** A transfer could not be done. The message is one line for the user. */
public class TransferException extends Exception {
    private static final long serialVersionUID = 1;

    public TransferException(String message) {
        super(message);
    }

    public TransferException(String message, Throwable cause) {
        super(message, cause);
    }
}
