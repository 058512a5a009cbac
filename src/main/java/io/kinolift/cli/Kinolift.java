package io.kinolift.cli;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.transfer.TransferException;
import io.kinolift.transfer.UnusablePlaceException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The entry of the program. */
@Command(
        name = "kinolift",
        description = "Lifts video streams to a higher resolution and frame rate inside Kafka.",
        version = "kinolift 0.1.0",
        mixinStandardHelpOptions = true)
public final class Kinolift {
    private static final List<Class<?>> COMMANDS = List.of(
            UpscaleCommand.class,
            RunCommand.class,
            IngestCommand.class,
            CollectCommand.class,
            StreamsCommand.class,
            TopicsCommand.class,
            ResetCommand.class,
            SchemaCommand.class,
            CompareCommand.class,
            ConfigCommand.class,
            AuditCommand.class,
            DeadLettersCommand.class,
            InspectCommand.class,
            FitCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            BrokerCommand.class,
            DemoCommand.class);

    /** The level of Kafka's lines, for the logging configuration. */
    private static final String KAFKA_LOG = "kinolift.kafka.log";

    /** Commands of one job: what goes wrong in Kafka is in their own last line. */
    private static final Set<String> SAYS_ALL = Set.of("upscale", "demo");

    private Kinolift() {}

    public static void main(String[] args) {
        if (args.length > 0 && SAYS_ALL.contains(args[0]) && System.getProperty(KAFKA_LOG) == null) {
            System.setProperty(KAFKA_LOG, "OFF");
        }
        System.exit(execute(args));
    }

    static int execute(String... args) {
        return commandLine(List.of(args))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, _) -> explain(failure, command))
                .execute(args);
    }

    /** Options of a command are read from its class only if it is named: reading all takes longer than help may. */
    private static CommandLine commandLine(List<String> args) {
        CommandLine line = new CommandLine(new Kinolift());
        // Arguments in a file are not known yet.
        boolean all = args.stream().anyMatch(arg -> arg.startsWith("@"));
        for (Class<?> command : COMMANDS) {
            Command about = command.getAnnotation(Command.class);
            boolean named = all || args.contains(about.name());
            line.addSubcommand(about.name(), named ? command : outline(about));
        }
        return line;
    }

    /** What the list of commands shows. */
    private static CommandSpec outline(Command about) {
        CommandSpec outline = CommandSpec.create();
        outline.usageMessage().description(about.description());
        return outline;
    }

    /** Errors that users can correct take one line; a stack trace goes to the log only at debug level. */
    private static int explain(Exception failure, CommandLine command) {
        LoggerFactory.getLogger(Kinolift.class).debug("failed", failure);
        int code = switch (failure) {
            case VideoException _, ConfigException _, UsageException _, UnusablePlaceException _ -> 2;
            default -> 1;
        };
        if (failure instanceof NoSuchFileException missing) {
            command.getErr()
                    .println("kinolift: expected a file at " + LogText.line(missing.getFile()) + ", found nothing");
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
                        + LogText.line(message.lines().findFirst().orElse("")));
        return code;
    }
}
