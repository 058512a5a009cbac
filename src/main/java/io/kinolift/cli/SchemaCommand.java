package io.kinolift.cli;

import io.kinolift.audit.RecordSchema;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints schemas, fingerprints and header bytes. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        footer = {
            "  kinolift schema",
            "  kinolift schema VideoFrame --only schema",
            "  kinolift schema Account --only header"
        },
        exitCodeList = {ExitCodes.SAYS_DONE, "2:no such record"},
        description = {
            "Prints the schemas of records, and how records begin.",
            "Prints the schemas of records with their fingerprints and the ten bytes of Avro's single-object encoding that records begin with. Needs no broker."
        })
final class SchemaCommand implements Callable<Integer> {
    /** What of a schema is printed. */
    enum Part {
        SCHEMA,
        FINGERPRINT,
        HEADER
    }

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            arity = "0..1",
            description = "VideoFrame, DeadLetter, Account or AudioPacket (default: all)")
    private String name;

    @Option(
            names = "--only",
            paramLabel = "PART",
            description = "nothing but this, for programs: ${COMPLETION-CANDIDATES}")
    private Part only;

    @Override
    public Integer call() {
        List<RecordSchema> all = RecordSchema.all();
        List<RecordSchema> wanted = all.stream()
                .filter(schema -> name == null || schema.name().equalsIgnoreCase(name))
                .toList();
        if (wanted.isEmpty()) {
            throw new UsageException("expected a record, found \"" + name + "\""
                    + Nearest.advice(name, all.stream().map(RecordSchema::name).toList(), "records"));
        }
        wanted.forEach(this::print);
        return ExitCodes.DONE;
    }

    private void print(RecordSchema schema) {
        switch (only) {
            case SCHEMA -> System.out.println(schema.json());
            case FINGERPRINT -> System.out.println(schema.fingerprint());
            case HEADER -> System.out.println(schema.header());
            case null -> {
                System.out.println(schema.name());
                System.out.println("fingerprint  " + schema.fingerprint());
                System.out.println("header       " + schema.header());
                System.out.println(schema.json());
                System.out.println();
            }
        }
    }
}
