package io.kinolift.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Records that were written once must stay readable, and older programs must read newer records. */
class SchemasTest {
    private static final Path CURRENT = Path.of("schemas");
    /** One folder per published version, each a whole set; a published file is never changed again. */
    private static final Path PUBLISHED = Path.of("src/main/resources/io/kinolift/wire/published");

    private static final List<String> RECORDS = List.of("Account", "AudioPacket", "DeadLetter", "VideoFrame");

    @TestFactory
    Stream<DynamicTest> everyVersion_isReadByEveryOther() throws IOException {
        Map<String, Map<String, Schema>> versions = versions();
        assertThat(versions).containsKeys("current", "v1");
        List<DynamicTest> tests = new ArrayList<>();
        versions.forEach((reader, readable) ->
                versions.forEach((writer, written) -> RECORDS.forEach(record -> tests.add(DynamicTest.dynamicTest(
                        record + ": " + reader + " reads " + writer,
                        () -> assertReads(readable.get(record), written.get(record)))))));
        return tests.stream();
    }

    private static void assertReads(Schema reader, Schema writer) {
        SchemaCompatibility.SchemaCompatibilityResult result = SchemaCompatibility.checkReaderWriterCompatibility(
                        reader, writer)
                .getResult();
        assertThat(result.getCompatibility())
                .as("%s", result.getIncompatibilities())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @Test
    void everyFieldAndRecord_isDocumented() throws IOException {
        for (String record : RECORDS) {
            assertDocumented(versions().get("current").get(record));
        }
    }

    private static void assertDocumented(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
                for (Schema.Field field : schema.getFields()) {
                    assertThat(field.doc())
                            .as(schema.getName() + "." + field.name())
                            .isNotBlank();
                    assertDocumented(field.schema());
                }
            }
            case UNION -> schema.getTypes().forEach(SchemasTest::assertDocumented);
            default -> {}
        }
    }

    /** Without one, an older reader fails at a symbol it does not know. */
    @Test
    void everyEnum_hasADefaultSymbolAndEveryOptionalField_aDefault() throws IOException {
        for (String record : RECORDS) {
            for (Schema.Field field : versions().get("current").get(record).getFields()) {
                String name = record + "." + field.name();
                if (field.schema().getType() == Schema.Type.ENUM) {
                    assertThat(field.schema().getEnumDefault())
                            .as(name)
                            .isEqualTo(field.schema().getEnumSymbols().get(0));
                } else if (field.schema().isNullable()) {
                    assertThat(field.defaultVal()).as(name).isEqualTo(JsonProperties.NULL_VALUE);
                }
            }
        }
    }

    /** Where {@link WrittenFrame} looks for it. */
    @Test
    void thePayload_isTheLastFieldOfAFrame() throws IOException {
        assertThat(versions()
                        .get("current")
                        .get("VideoFrame")
                        .getFields()
                        .getLast()
                        .name())
                .isEqualTo("payload");
    }

    private static Map<String, Map<String, Schema>> versions() throws IOException {
        Map<String, Map<String, Schema>> versions = new TreeMap<>();
        versions.put("current", parse(CURRENT));
        try (Stream<Path> folders = Files.list(PUBLISHED)) {
            for (Path folder : folders.toList()) {
                versions.put(folder.getFileName().toString(), parse(folder));
            }
        }
        return versions;
    }

    private static Map<String, Schema> parse(Path folder) throws IOException {
        SchemaParser parser = new SchemaParser();
        // VideoFrame first: it defines what the others name.
        Map<String, Schema> schemas = new TreeMap<>();
        for (String record : List.of("VideoFrame", "Account", "DeadLetter", "AudioPacket")) {
            schemas.put(record, parser.parse(folder.resolve(record + ".avsc")).mainSchema());
        }
        return schemas;
    }
}
