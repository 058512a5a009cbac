package io.kinolift.registry;

/** There is no schema for an id. The message says why. */
public final class UnknownSchemaException extends Exception {
    private static final long serialVersionUID = 1;

    UnknownSchemaException(String message) {
        super(message);
    }
}
