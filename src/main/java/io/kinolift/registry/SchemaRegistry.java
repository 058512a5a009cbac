package io.kinolift.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;

/** Schemas by id, and ids by schema. Safe for several threads. */
public final class SchemaRegistry {
    /** Ids that nobody has asked for before; records with more are refused unasked until the next second. */
    private static final int MAX_BURST = 100;

    private static final int MAX_PER_SECOND = 20;

    private final RegistrySettings settings;
    private final RegistryClient client;
    private final KnownSchemas known = new KnownSchemas(System::nanoTime);
    private final RequestRate rate = new RequestRate(MAX_BURST, MAX_PER_SECOND, System::nanoTime);

    /** Does not contact the registry yet. */
    public SchemaRegistry(RegistrySettings settings) {
        this.settings = settings;
        this.client = new RegistryClient(settings);
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
        // Before the schema, so that the rule refuses an incompatible one.
        RegistryClient.Answer rule = client.send(
                "PUT",
                "/config/" + subject,
                JsonNodeFactory.instance.objectNode().put("compatibility", "BACKWARD_TRANSITIVE"));
        requireGood(rule, "to set the compatibility of subject " + subject);
        RegistryClient.Answer answer = client.send(
                "POST",
                "/subjects/" + subject + "/versions",
                JsonNodeFactory.instance.objectNode().put("schema", schema.toString()));
        if (answer.status() == 409) {
            throw new RegistryException("the registry refuses " + schema.getFullName() + " for subject " + subject
                    + ": it cannot read what earlier versions wrote: " + answer.reason());
        }
        requireGood(answer, "to register " + schema.getFullName() + " for subject " + subject);
        int id = answer.body().path("id").asInt();
        synchronized (known) {
            known.put(id, schema);
        }
        return id;
    }

    private void requireGood(RegistryClient.Answer answer, String what) {
        if (answer.status() == 403) {
            throw new RegistryException("the " + settings + " refuses the login (kinolift.registry.user) " + what);
        }
        if (answer.status() != 200) {
            throw new RegistryException("asked " + what + ", the " + settings + " answered status " + answer.status()
                    + " " + answer.reason());
        }
    }

    /**
     * The schema with an id. Any record can name any id, so nothing that the registry says of one is more than the fault
     * of that record; only its absence is.
     *
     * @throws UnknownSchemaException if the registry has none, keeps it back, or has one that Avro cannot read; or if too
     *     many ids without a schema came in a short time to ask for another
     * @throws RegistryException if the registry is away for longer than allowed
     */
    public Schema byId(int id) throws UnknownSchemaException {
        synchronized (known) {
            Schema schema = known.schema(id);
            if (schema != null) {
                return schema;
            }
            String refusal = known.refusal(id);
            if (refusal != null) {
                throw new UnknownSchemaException(refusal);
            }
            if (!rate.allows()) {
                throw new UnknownSchemaException("expected at most " + MAX_PER_SECOND
                        + " new schema ids per second, found more: id " + id + " was not looked up");
            }
        }
        try {
            Schema found = ask(id);
            synchronized (known) {
                known.put(id, found);
            }
            return found;
        } catch (UnknownSchemaException e) {
            synchronized (known) {
                known.refuse(id, e.getMessage());
            }
            throw e;
        }
    }

    private Schema ask(int id) throws UnknownSchemaException {
        RegistryClient.Answer answer = client.send("GET", "/schemas/ids/" + id, null);
        if (answer.status() != 200 || answer.tooLong()) {
            throw new UnknownSchemaException("expected a schema id that the registry knows, found " + id + " ("
                    + (answer.tooLong() ? "its schema is too long" : "status " + answer.status()) + ")");
        }
        try {
            return new Schema.Parser().parse(answer.body().path("schema").asText());
        } catch (RuntimeException | StackOverflowError e) {
            throw new UnknownSchemaException("expected a schema that Avro can read, found id " + id + ": "
                    + (e instanceof StackOverflowError ? "it is nested too deeply" : e.getMessage()));
        }
    }
}
