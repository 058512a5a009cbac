package io.kinolift.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;

/** Requests to the registry, repeated while it is away. */
final class RegistryClient {
    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Of an answer. The largest schemas of real projects have some hundred kilobytes. */
    private static final int MAX_BYTES = 4 << 20;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final RegistrySettings settings;
    private final HttpClient client;
    private final ObjectMapper mapper = new ObjectMapper();

    /** @param tooLong whether the body was longer than is read, and is left out */
    record Answer(int status, JsonNode body, boolean tooLong) {
        /** The registry's own words, or nothing. */
        String reason() {
            return body.path("message").asText();
        }
    }

    RegistryClient(RegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(REQUEST_TIMEOUT);
        if (settings.caFile() != null) {
            builder.sslContext(Trust.in(settings.caFile()));
        }
        this.client = builder.build();
    }

    /**
     * Asks until there is an answer other than a server's error, or the time is over.
     *
     * @param body null for none
     * @throws RegistryException if the registry is away for longer than allowed, or refuses the login
     */
    Answer send(String method, String path, JsonNode body) {
        HttpRequest request = request(method, path, body);
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        while (true) {
            String trouble;
            try {
                Answer answer = answer(client.send(request, HttpResponse.BodyHandlers.ofInputStream()));
                if (answer.status() == 401) {
                    throw new RegistryException("the " + settings + " refuses the login (kinolift.registry.user)");
                }
                if (answer.status() < SERVER_ERROR && answer.status() != TOO_MANY_REQUESTS) {
                    return answer;
                }
                trouble = "status " + answer.status() + " " + answer.reason();
            } catch (IOException e) {
                trouble = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RegistryException("interrupted while asking the " + settings, e);
            }
            if (System.nanoTime() > deadline) {
                throw new RegistryException("the " + settings + " did not answer within "
                        + settings.timeout().toMillis() + " ms (kinolift.registry.timeout.ms): " + trouble);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Answer answer(HttpResponse<InputStream> response) throws IOException {
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            boolean tooLong = bytes.length > MAX_BYTES;
            return new Answer(response.statusCode(), tooLong ? mapper.createObjectNode() : json(bytes), tooLong);
        }
    }

    /** An empty object where the bytes are no JSON, as from a proxy. */
    private JsonNode json(byte[] bytes) {
        try {
            JsonNode tree = mapper.readTree(bytes);
            return tree == null ? mapper.createObjectNode() : tree;
        } catch (IOException _) {
            return mapper.createObjectNode();
        }
    }

    private HttpRequest request(String method, String path, JsonNode body) {
        String base = settings.url().toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path))
                .timeout(REQUEST_TIMEOUT)
                .header("Accept", JSON)
                .header("Content-Type", JSON)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        if (!settings.user().isEmpty()) {
            String credentials = settings.user() + ":" + settings.password();
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return request.build();
    }
}
