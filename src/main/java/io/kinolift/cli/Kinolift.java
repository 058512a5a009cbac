package io.kinolift.cli;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.runtime.Version;
import io.kinolift.transfer.TransferException;
import io.kinolift.transfer.UnusablePlaceException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The entry of the program. */
@Command(
        name = "kinolift",
        description = "Lifts video streams to a higher resolution and frame rate inside Kafka.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%n",
        footer = {
            "",
            "kinolift COMMAND --help tells the options of a command, with examples and exit codes.",
            "KINOLIFT_KAFKA_BOOTSTRAP_SERVERS names the broker for all commands that have --bootstrap-server."
        })
public final class Kinolift {
    /** In the order of help: what each group is for, and its commands. */
    private static final Map<String, List<Class<?>>> GROUPS = groups();

    /** The level of Kafka's lines, for the logging configuration. */
    private static final String KAFKA_LOG = "kinolift.kafka.log";

    /** Commands of one job: what goes wrong in Kafka is in their own last line. */
    private static final Set<String> SAYS_ALL = Set.of("upscale", "demo");

    private Kinolift() {}

    private static Map<String, List<Class<?>>> groups() {
        Map<String, List<Class<?>>> groups = new LinkedHashMap<>();
        groups.put("Files", List.of(UpscaleCommand.class, CompareCommand.class, DemoCommand.class));
        groups.put(
                "Streams", List.of(RunCommand.class, IngestCommand.class, CollectCommand.class, StreamsCommand.class));
        groups.put(
                "Checks and repairs",
                List.of(AuditCommand.class, DeadLettersCommand.class, TopicsCommand.class, ResetCommand.class));
        groups.put("Weights", List.of(FitCommand.class, EvaluateCommand.class, InspectCommand.class));
        groups.put(
                "Around it",
                List.of(
                        ConfigCommand.class,
                        SchemaCommand.class,
                        BrokerCommand.class,
                        BenchCommand.class,
                        SizeCommand.class,
                        CompletionCommand.class));
        return groups;
    }

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
        // Arguments in a file are not known yet, and completion is of all commands.
        boolean all = args.stream().anyMatch(arg -> arg.startsWith("@") || arg.equals(CompletionCommand.NAME));
        return commandLine(name -> all || args.contains(name));
    }

    /** All commands with all their options. */
    static CommandLine wholeCommandLine() {
        return commandLine(_ -> true);
    }

    private static CommandLine commandLine(Predicate<String> whole) {
        CommandLine line = new CommandLine(new Kinolift());
        line.getCommandSpec().version("kinolift " + Version.NUMBER);
        Map<String, List<String>> names = new LinkedHashMap<>();
        GROUPS.forEach((group, commands) -> {
            List<String> members = new ArrayList<>();
            for (Class<?> command : commands) {
                Command about = command.getAnnotation(Command.class);
                line.addSubcommand(about.name(), whole.test(about.name()) ? command : outline(about));
                members.add(about.name());
            }
            names.put(group, members);
        });
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec()
                        .usageMessage()
                        .footerHeading("%nExamples:%n")
                        .exitCodeListHeading("%nExit codes:%n"));
        line.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> CommandGroups.text(help, names));
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
            command.getErr().println(Tell.text("expected a file at " + missing.getFile() + ", found nothing"));
            return 2;
        }
        String message = Failures.text(failure);
        boolean ours = failure instanceof VideoException
                || failure instanceof TransferException
                || failure instanceof UsageException
                || failure instanceof KafkaException
                || failure instanceof IllegalStateException;
        String address = isOfBroker(failure) ? address(command) : null;
        command.getErr()
                .println(Tell.text((ours ? "" : failure.getClass().getSimpleName() + ": ")
                        + message
                        + (address == null || message.contains(address) ? "" : " (broker " + address + ")")));
        return code;
    }

    private static boolean isOfBroker(Throwable failure) {
        boolean isKafka = failure instanceof KafkaException && !(failure instanceof ConfigException);
        return isKafka || (failure.getCause() != null && isOfBroker(failure.getCause()));
    }

    /** The address that the command was given, if it takes one. */
    private static String address(CommandLine command) {
        return command.getCommandSpec().mixins().values().stream()
                .map(CommandSpec::userObject)
                .filter(ConnectionOptions.class::isInstance)
                .map(options -> ((ConnectionOptions) options).address())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
