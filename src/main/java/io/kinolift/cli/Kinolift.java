package io.kinolift.cli;

import io.kinolift.codec.VideoException;
import io.kinolift.transfer.TransferException;
import java.nio.file.NoSuchFileException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry of the program. */
@Command(
        name = "kinolift",
        description = "Lifts video streams to a higher resolution and frame rate inside Kafka.",
        version = "kinolift 0.1.0",
        mixinStandardHelpOptions = true,
        subcommands = {
            UpscaleCommand.class,
            RunCommand.class,
            IngestCommand.class,
            CollectCommand.class,
            TopicsCommand.class,
            CompareCommand.class,
            ConfigCommand.class,
            AuditCommand.class,
            DeadLettersCommand.class,
            InspectCommand.class,
            FitCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            BrokerCommand.class,
            DemoCommand.class
        })
public final class Kinolift {
    private Kinolift() {}

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
        return new CommandLine(new Kinolift())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, _) -> explain(failure, command))
                .execute(args);
    }

    /** Errors that users can correct take one line; a stack trace goes to the log only at debug level. */
    private static int explain(Exception failure, CommandLine command) {
        LoggerFactory.getLogger(Kinolift.class).debug("failed", failure);
        int code = switch (failure) {
            case VideoException _, ConfigException _, UsageException _ -> 2;
            default -> 1;
        };
        if (failure instanceof NoSuchFileException missing) {
            command.getErr().println("kinolift: expected a file at " + missing.getFile() + ", found nothing");
            return 2;
        }
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (failure instanceof KafkaException && failure.getCause() != null) {
            // Kafka's "failed to construct" gives the reason only in its cause.
            message += ": " + failure.getCause().getMessage();
        }
        boolean ours = failure instanceof VideoException
                || failure instanceof TransferException
                || failure instanceof UsageException
                || failure instanceof KafkaException
                || failure instanceof IllegalStateException;
        command.getErr()
                .println("kinolift: " + (ours ? "" : failure.getClass().getSimpleName() + ": ")
                        + message.lines().findFirst().orElse(""));
        return code;
    }
}
