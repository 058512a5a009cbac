package io.kinolift.cli;

/** Options that make no sense. The message is one line for the user. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
