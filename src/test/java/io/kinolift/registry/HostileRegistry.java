package io.kinolift.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry over HTTP that answers ids as a test likes, and takes every schema under id 1. */
public final class HostileRegistry implements AutoCloseable {
    private final HttpServer server;
    private final Map<Integer, Answer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger lookups = new AtomicInteger();

    private record Answer(int status, String body) {}

    public HostileRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public SchemaRegistry client() {
        return new SchemaRegistry(new RegistrySettings(url(), "", "", null, Duration.ofSeconds(2)));
    }

    /** Answers an id with a text that may be a schema. */
    public void put(int id, String schema) {
        put(id, 200, JsonNodeFactory.instance.objectNode().put("schema", schema).toString());
    }

    public void put(int id, int status, String body) {
        answers.put(id, new Answer(status, body));
    }

    public int lookups() {
        return lookups.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        Answer answer = new Answer(200, "{\"id\": 1}");
        if (path.startsWith("/schemas/ids/")) {
            lookups.incrementAndGet();
            int id = Integer.parseInt(path.substring("/schemas/ids/".length()));
            answer = answers.getOrDefault(id, new Answer(404, "{\"message\": \"no such id\"}"));
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
