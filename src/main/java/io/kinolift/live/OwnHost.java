package io.kinolift.live;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;

/** The name of this machine. Asked for when it is first needed: a broken name service may take seconds to say no. */
final class OwnHost implements Supplier<String> {
    private String name;

    @Override
    public synchronized String get() {
        if (name == null) {
            name = ask();
        }
        return name;
    }

    /** Containers have it in the environment. */
    private static String ask() {
        String given = System.getenv("HOSTNAME");
        if (given != null && !given.isBlank()) {
            return given;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "";
        }
    }
}
