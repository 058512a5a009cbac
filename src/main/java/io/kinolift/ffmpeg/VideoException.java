package io.kinolift.ffmpeg;

/** A video file, device or URL cannot be read or written. The message is one line: expected and found. */
public final class VideoException extends Exception {
    private static final long serialVersionUID = 1;

    public VideoException(String message) {
        super(message);
    }
}
