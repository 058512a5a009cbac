package io.kinolift.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;

/** Who is at the addresses that a command was given, as far as a connection tells. */
enum Presence {
    /** None of the addresses takes a connection. */
    NOBODY("nobody takes connections there"),
    /** One of them does, or cannot be asked. */
    SOMEBODY("somebody takes connections there, but has not answered yet. A broker may be busy or starting, or expect"
            + " another security.protocol; if it is no broker, the port is another one");

    private static final int CONNECT_MILLIS = 1_000;

    private final String text;

    Presence(String text) {
        this.text = text;
    }

    /** For who has waited for an answer. */
    String text() {
        return text;
    }

    /** @param addresses as in bootstrap.servers */
    static Presence at(String addresses) {
        for (String address : addresses.split(",", -1)) {
            int colon = address.lastIndexOf(':');
            try (Socket socket = new Socket()) {
                int port = Integer.parseInt(address.substring(colon + 1).strip());
                socket.connect(
                        new InetSocketAddress(
                                address.substring(0, Math.max(0, colon)).strip(), port),
                        CONNECT_MILLIS);
                return SOMEBODY;
            } catch (IllegalArgumentException | UnknownHostException _) {
                // Kafka says what is wrong with it.
                return SOMEBODY;
            } catch (IOException _) {
                // The next.
            }
        }
        return NOBODY;
    }
}
