package io.kinolift.registry;

/** The registry cannot be reached, or refuses. The message says what to do about it. */
public final class RegistryException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    RegistryException(String message) {
        super(message);
    }

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
