package io.kinolift.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * What the registry has said about ids. Schemas in use are kept: those that no record needed for longest are forgotten
 * first. Ids without a schema are kept apart and for a while only, so that a flood of them neither pushes a schema out
 * nor hides one that is registered later. Not safe for several threads.
 */
final class KnownSchemas {
    private static final int MAX_SCHEMAS = 1000;
    private static final int MAX_REFUSED = 10_000;
    private static final long REFUSED_NANOS = 60_000_000_000L;

    private final LongSupplier nanos;
    private final Map<Integer, Schema> schemas = newest(MAX_SCHEMAS, true);
    private final Map<Integer, Refused> refused = newest(MAX_REFUSED, false);

    private record Refused(String reason, long sinceNanos) {}

    KnownSchemas(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Null if there is none. */
    Schema schema(int id) {
        return schemas.get(id);
    }

    /** Why an id has no schema; null if that is not known. */
    String refusal(int id) {
        Refused known = refused.get(id);
        if (known != null && nanos.getAsLong() - known.sinceNanos() > REFUSED_NANOS) {
            refused.remove(id);
            return null;
        }
        return known == null ? null : known.reason();
    }

    void put(int id, Schema schema) {
        refused.remove(id);
        schemas.put(id, schema);
    }

    void refuse(int id, String reason) {
        refused.put(id, new Refused(reason, nanos.getAsLong()));
    }

    private static <V> Map<Integer, V> newest(int max, boolean byUse) {
        return new LinkedHashMap<>(16, 0.75f, byUse) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, V> eldest) {
                return size() > max;
            }
        };
    }
}
