package io.kinolift.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParser;

/** The schemas that records were ever written with: stores and topics outlive a release. */
final class PublishedSchemas {
    private static final List<String> VERSIONS = List.of("v1", "v2");
    /** VideoFrame first: it defines what the others name. */
    private static final List<String> RECORDS = List.of("VideoFrame", "Account", "DeadLetter", "AudioPacket");

    private PublishedSchemas() {}

    /** All versions of a record by fingerprint. */
    static Map<Long, Schema> of(String record) {
        Map<Long, Schema> found = new HashMap<>();
        for (String version : VERSIONS) {
            SchemaParser parser = new SchemaParser();
            for (String name : RECORDS) {
                Schema schema = parse(parser, "published/" + version + "/" + name + ".avsc");
                if (name.equals(record)) {
                    found.put(SchemaNormalization.parsingFingerprint64(schema), schema);
                }
            }
        }
        return found;
    }

    private static Schema parse(SchemaParser parser, String resource) {
        try (InputStream in = PublishedSchemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "expected the resource " + resource + " beside the classes, found none");
            }
            return parser.parse(in).mainSchema();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
