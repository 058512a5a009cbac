package io.kinolift.cli;

import java.io.IOException;

/** A camera in the network that can be switched off and on. */
interface Camera extends AutoCloseable {
    String address();

    /** Switches it on. */
    void begin() throws IOException;

    /** Switches it off, without a word to those who watch. */
    void kill() throws InterruptedException;

    @Override
    void close();
}
