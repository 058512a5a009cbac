package io.kinolift.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** Schemas by id, and ids by schema. Safe for several threads. */
public final class SchemaRegistry {
    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int MAX_CACHED = 1000;

    private final RegistrySettings settings;
    private final HttpClient client;
    private final ObjectMapper mapper = new ObjectMapper();
    /** Unknown ids are kept too, because thousands of records may have them. */
    private final Map<Integer, Optional<Schema>> byId = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Optional<Schema>> eldest) {
            return size() > MAX_CACHED;
        }
    };

    /** Does not contact the registry yet. */
    public SchemaRegistry(RegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(REQUEST_TIMEOUT);
        if (settings.caFile() != null) {
            builder.sslContext(Trust.in(settings.caFile()));
        }
        this.client = builder.build();
    }

    /**
     * Makes sure that the schema is a version of the topic's subject, and that later versions must be able to read all
     * earlier ones.
     *
     * @return the id that records begin with
     * @throws RegistryException if the registry is away for longer than allowed, or refuses
     */
    public int register(String topic, Schema schema) {
        String subject = URLEncoder.encode(topic + "-value", StandardCharsets.UTF_8);
        String body = mapper.createObjectNode().put("schema", schema.toString()).toString();
        // Before the schema, so that the rule refuses an incompatible one.
        HttpResponse<String> rule = send(
                "PUT",
                "/config/" + subject,
                mapper.createObjectNode()
                        .put("compatibility", "BACKWARD_TRANSITIVE")
                        .toString());
        requireGood(rule, "to set the compatibility of subject " + subject);
        HttpResponse<String> response = send("POST", "/subjects/" + subject + "/versions", body);
        if (response.statusCode() == 409) {
            throw new RegistryException("the registry refuses " + schema.getFullName() + " for subject " + subject
                    + ": it cannot read what earlier versions wrote: " + reason(response));
        }
        requireGood(response, "to register " + schema.getFullName() + " for subject " + subject);
        int id = json(response).path("id").asInt();
        remember(id, Optional.of(schema));
        return id;
    }

    /**
     * The schema with an id; empty if the registry knows none that Avro can read.
     *
     * @throws RegistryException if the registry is away for longer than allowed
     */
    public Optional<Schema> byId(int id) {
        synchronized (byId) {
            Optional<Schema> known = byId.get(id);
            if (known != null) {
                return known;
            }
        }
        HttpResponse<String> response = send("GET", "/schemas/ids/" + id, null);
        Optional<Schema> found = Optional.empty();
        if (response.statusCode() != 404) {
            requireGood(response, "for schema " + id);
            found = parse(json(response).path("schema").asText());
        }
        remember(id, found);
        return found;
    }

    private void remember(int id, Optional<Schema> schema) {
        synchronized (byId) {
            byId.put(id, schema);
        }
    }

    private static Optional<Schema> parse(String text) {
        try {
            return Optional.of(new Schema.Parser().parse(text));
        } catch (SchemaParseException e) {
            return Optional.empty();
        } catch (AvroRuntimeException e) {
            throw new RegistryException("the registry's schema cannot be read: " + e.getMessage(), e);
        }
    }

    /** Asks until there is an answer other than a server error, or the time is over. */
    private HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request = request(method, path, body);
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        while (true) {
            String trouble;
            try {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() < 500) {
                    return response;
                }
                trouble = "status " + response.statusCode() + " " + reason(response);
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

    private HttpRequest request(String method, String path, String body) {
        String base = settings.url().toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path))
                .timeout(REQUEST_TIMEOUT)
                .header("Accept", JSON)
                .header("Content-Type", JSON)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (!settings.user().isEmpty()) {
            String credentials = settings.user() + ":" + settings.password();
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return request.build();
    }

    private void requireGood(HttpResponse<String> response, String what) {
        if (response.statusCode() == 401 || response.statusCode() == 403) {
            throw new RegistryException("the " + settings + " refuses the login (kinolift.registry.user) " + what);
        }
        if (response.statusCode() != 200) {
            throw new RegistryException("asked " + what + ", the " + settings + " answered status "
                    + response.statusCode() + " " + reason(response));
        }
    }

    private String reason(HttpResponse<String> response) {
        try {
            return mapper.readTree(response.body()).path("message").asText();
        } catch (IOException e) {
            return "";
        }
    }

    private JsonNode json(HttpResponse<String> response) {
        try {
            return mapper.readTree(response.body());
        } catch (IOException e) {
            throw new RegistryException("the " + settings + " answered something that is not JSON", e);
        }
    }
}
