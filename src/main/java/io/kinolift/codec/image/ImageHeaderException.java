package io.kinolift.codec.image;

/** Bytes without the header of an image that can be read. The message says what was expected and what was found. */
public final class ImageHeaderException extends Exception {
    private static final long serialVersionUID = 1;

    /** What is wrong with the bytes. */
    public enum Kind {
        /** They are no image, or the header is cut off. */
        NO_IMAGE,
        /** They are an image, of a kind that is not read. */
        UNSUPPORTED
    }

    private final Kind kind;

    private ImageHeaderException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static ImageHeaderException noImage(String message) {
        return new ImageHeaderException(Kind.NO_IMAGE, message);
    }

    static ImageHeaderException unsupported(String message) {
        return new ImageHeaderException(Kind.UNSUPPORTED, message);
    }

    public Kind kind() {
        return kind;
    }
}
