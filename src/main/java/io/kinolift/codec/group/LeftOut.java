package io.kinolift.codec.group;

import io.kinolift.frame.EncodedFrame;

/**
 * A frame without a picture.
 *
 * @param reason one line
 */
public record LeftOut(EncodedFrame frame, Cause cause, String reason) implements Outcome {
    /** Why. The texts continue "pictures are left out: 3 ...". */
    public enum Cause {
        /** Nothing of the session that decoding can begin with has come yet. */
        NO_KEY_FRAME("before the first key frame"),
        /** Something that it refers to is missing or damaged. */
        NO_REFERENCE("because of frames before them that are missing or damaged"),
        /** It does not decode itself. */
        DAMAGED("damaged"),
        /** Its time is not after that of the picture before it. */
        TIME_NOT_AFTER("not after the picture before them"),
        /** It has come before. */
        REPEATED("sent again");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
