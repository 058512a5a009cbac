package io.kinolift.cli;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** A script for the shell fish, which picocli has none for: commands, their options, and the values of those that have a few. */
final class FishCompletion {
    private FishCompletion() {}

    static String of(String program, CommandLine all) {
        StringBuilder script = new StringBuilder();
        script.append("# Completion of ").append(program).append(" for fish.\n");
        script.append("complete -c ").append(program).append(" -n __fish_use_subcommand -f\n");
        options(script, program, "__fish_use_subcommand", all);
        for (Map.Entry<String, CommandLine> command : all.getSubcommands().entrySet()) {
            script.append("complete -c ")
                    .append(program)
                    .append(" -n __fish_use_subcommand -a ")
                    .append(command.getKey())
                    .append(" -d ")
                    .append(quoted(sentence(
                            command.getValue().getCommandSpec().usageMessage().description())))
                    .append('\n');
            options(script, program, "__fish_seen_subcommand_from " + command.getKey(), command.getValue());
        }
        return script.toString();
    }

    private static void options(StringBuilder script, String program, String condition, CommandLine command) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (option.hidden()) {
                continue;
            }
            script.append("complete -c ").append(program).append(" -n ").append(quoted(condition));
            for (String name : option.names()) {
                script.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
            }
            if (option.arity().max() > 0) {
                script.append(" -r");
                String values = values(option);
                if (!values.isEmpty()) {
                    script.append(" -f -a ").append(quoted(values));
                }
            }
            script.append(" -d ").append(quoted(sentence(option.description()))).append('\n');
        }
    }

    private static String values(OptionSpec option) {
        return option.completionCandidates() == null
                ? ""
                : StreamSupport.stream(option.completionCandidates().spliterator(), false)
                        .collect(Collectors.joining(" "));
    }

    private static String sentence(String... description) {
        String text = String.join(" ", description).replace("%%", "%").replaceAll("\\$\\{[^}]*}", "...");
        return text.split("(?<=[.:;])\\s", 2)[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
