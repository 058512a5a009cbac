package io.kinolift.wire;

import io.kinolift.avro.Account;
import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.VideoFrame;
import io.kinolift.registry.SchemaRegistry;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;

/** The records that the application publishes. */
public enum RecordType {
    FRAME(VideoFrame.getClassSchema()),
    DEAD_LETTER(DeadLetter.getClassSchema()),
    ACCOUNT(Account.getClassSchema());

    private final Schema schema;

    RecordType(Schema schema) {
        this.schema = schema;
    }

    /**
     * The layout of this record on a topic. With a registry, records get its layout on their way out; inside they are
     * all alike. A tombstone has none.
     *
     * @throws io.kinolift.registry.RegistryException if there is a registry and it is away, or refuses the schema
     */
    public UnaryOperator<byte[]> layout(String topic, Optional<SchemaRegistry> registry) {
        if (registry.isEmpty()) {
            return UnaryOperator.identity();
        }
        int id = registry.get().register(topic, schema);
        return record -> record == null ? null : Wire.withSchemaId(record, id);
    }
}
