package io.kinolift.runtime;

/** A stream that is being sent, up to a length that is set at the start. */
final class SoakStream {
    private final String id;
    private final int length;
    private int sent;

    SoakStream(String id, int length) {
        this.id = id;
        this.length = length;
    }

    String id() {
        return id;
    }

    int sent() {
        return sent;
    }

    /**
     * Counts one frame as sent.
     *
     * @return whether that was the last
     */
    boolean sendOne() {
        sent++;
        return sent == length;
    }
}
