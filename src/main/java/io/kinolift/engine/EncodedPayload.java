package io.kinolift.engine;

import java.nio.ByteBuffer;

/** An encoded picture in a buffer that is lent until this is closed. */
public final class EncodedPayload implements AutoCloseable {
    private final ByteBuffer bytes;
    private final Runnable giveBack;

    EncodedPayload(ByteBuffer bytes, Runnable giveBack) {
        this.bytes = bytes;
        this.giveBack = giveBack;
    }

    public ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public void close() {
        giveBack.run();
    }
}
