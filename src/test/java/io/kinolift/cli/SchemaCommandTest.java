package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.Account;
import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.VideoFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;

/** What is printed is what records are written with. */
class SchemaCommandTest {
    @Test
    void everyRecord_hasItsSchemaFingerprintAndHeader() throws IOException {
        for (Schema schema :
                List.of(VideoFrame.getClassSchema(), DeadLetter.getClassSchema(), Account.getClassSchema())) {
            String printed = only(schema.getName(), "schema");
            assertThat(new SchemaParser().parse(printed).mainSchema()).isEqualTo(schema);
            assertThat(Long.parseUnsignedLong(
                            only(schema.getName(), "fingerprint").strip(), 16))
                    .isEqualTo(SchemaNormalization.parsingFingerprint64(schema));
            assertThat(Files.readString(Path.of("src/doc/records.md")))
                    .contains("`" + only(schema.getName(), "header").strip() + "`");
        }
    }

    private static String only(String name, String part) {
        return CommandLineProgram.run("schema", name, "--only", part).output();
    }

    @Test
    void withoutAName_allArePrinted() {
        assertThat(CommandLineProgram.run("schema").output()).contains("VideoFrame\n", "DeadLetter\n", "Account\n");
    }

    @Test
    void wrongName_isToldWithTheNearest() {
        CommandLineProgram.Outcome outcome = CommandLineProgram.run("schema", "VideoFrames");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.output()).contains("did you mean \"VideoFrame\"?");
    }
}
