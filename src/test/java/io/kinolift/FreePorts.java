package io.kinolift;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are killed and started again. They lie below those that systems give to clients and to whoever
 * asks for any port, so that nobody takes one while its server is away.
 */
public final class FreePorts {
    private static final int FIRST = 10_000;
    private static final int END = 32_000;

    private FreePorts() {}

    /** A port of the loopback interface that nobody has now. */
    public static int next() throws IOException {
        for (int tries = 0; tries < 1_000; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (BindException e) {
                // Somebody has it: another try.
            }
        }
        throw new IOException("expected a free port from " + FIRST + " to " + END + ", found none");
    }
}
