package io.kinolift.live;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests in their own words: clients of the JDK set the host themselves, and put paths in order. */
final class RawHttp {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");
    private static final int PATIENCE_MS = 60_000;
    private static final int NARROW_BYTES = 4096;

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    static RawHttp to(String url) {
        return new RawHttp(URI.create(url).getPort());
    }

    Socket connect() throws IOException {
        return connect("127.0.0.1");
    }

    /** The system keeps little for it that has not been read. */
    Socket connectNarrow() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(NARROW_BYTES);
        return connect(socket, "127.0.0.1");
    }

    /** @param from an address of this machine */
    Socket connect(String from) throws IOException {
        return connect(new Socket(), from);
    }

    private Socket connect(Socket socket, String from) throws IOException {
        socket.bind(new InetSocketAddress(from, 0));
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    String ask(String method, String path, String... headers) throws IOException {
        return askFrom("127.0.0.1", method, path, headers);
    }

    String askFrom(String from, String method, String path, String... headers) throws IOException {
        try (Socket socket = connect(from)) {
            return send(
                    socket,
                    method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                            + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    }

    /** The whole answer: the other side has to close. */
    static String send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    static int status(String answer) {
        Matcher status = STATUS.matcher(answer);
        return status.lookingAt() ? Integer.parseInt(status.group(1)) : 0;
    }

    static Optional<String> header(String answer, String name) {
        return List.of(answer.split("\r\n\r\n", 2)[0].split("\r\n")).stream()
                .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(line -> line.substring(name.length() + 2))
                .findFirst();
    }

    static String body(String answer) {
        String[] parts = answer.split("\r\n\r\n", 2);
        return parts.length == 2 ? parts[1] : "";
    }
}
