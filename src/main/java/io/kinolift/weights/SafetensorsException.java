package io.kinolift.weights;

import java.io.IOException;

/** A file that is not safetensors, or not what was asked for. The message says what was expected and what was found. */
public final class SafetensorsException extends IOException {
    private static final long serialVersionUID = 1L;

    public SafetensorsException(String message) {
        super(message);
    }

    public SafetensorsException(String message, Throwable cause) {
        super(message, cause);
    }
}
