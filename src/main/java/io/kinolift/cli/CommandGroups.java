package io.kinolift.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;

/** The list of commands in help: by group, and of each the first sentence. */
final class CommandGroups {
    private static final int NAME_WIDTH = 14;

    private CommandGroups() {}

    /** @param groups names of commands by heading */
    static String text(Help help, Map<String, List<String>> groups) {
        StringBuilder text = new StringBuilder();
        groups.forEach((heading, names) -> {
            text.append(heading).append(":\n");
            for (String name : names) {
                Help command = help.subcommands().get(name);
                if (command != null && !command.commandSpec().usageMessage().hidden()) {
                    String summary = command.commandSpec().usageMessage().description()[0];
                    text.append(String.format("  %-" + NAME_WIDTH + "s%s%n", name, summary.replaceAll("\\.$", "")));
                }
            }
        });
        return text.toString();
    }
}
